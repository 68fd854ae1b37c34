import ByteText
import ScenarioSpec
import Testing

@Suite("Bundled scenario") struct BundledScenarioTests {
    /// The folder of the package's scenarios.
    static let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Scenarios"

    @Test("The program holds the files of the folder") func theProgramHoldsTheFilesOfTheFolder() throws {
        let disk = DiskFiles()
        let names = try #require(disk.names(in: BundledScenarioTests.folder)).sorted()
        #expect(EmbeddedFiles().names(in: "") == names)
        for name in names {
            let text = try disk.text(of: "\(BundledScenarioTests.folder)/\(name)")
            #expect(try EmbeddedFiles().text(of: name) == text, "\(name)")
        }
    }

    @Test("Every bundled scenario is sound and says what it is for")
    func everyBundledScenarioIsSoundAndSaysWhatItIsFor() throws {
        let items = ScenarioCatalog().items
        #expect(items.count == 15)
        #expect(Set(items.map(\.name)).isSuperset(of: ["quickstart", "port-22-spike", "unauthorized-api-calls"]))
        for item in items {
            let plan = try item.source.load()
            #expect(plan.name == item.name)
            #expect(item.summary.hasSuffix("."))
        }
    }

    @Test("A folder of the users comes before the bundled scenarios")
    func aFolderOfTheUsersComesBeforeTheBundledScenarios() throws {
        let files = MemoryFiles(texts: [
            "/mine/quiet.yaml": "# Mine.", "/mine/other.yaml": "# Other.", "/mine/a.txt": "",
        ])
        let catalog = ScenarioCatalog(folder: "/mine", files: files)
        #expect(catalog.items.count == 16)
        #expect(catalog.items.first { $0.name == "quiet" }?.summary == "Mine.")
        #expect(try catalog.source(of: "other").path == "/mine/other.yaml")
        #expect(try catalog.source(of: "quickstart").path == "quickstart.yaml")
        #expect(try catalog.source(of: "any/file.yaml").path == "any/file.yaml")
        #expect {
            try catalog.source(of: "othr")
        } throws: { "\($0)".hasSuffix("did you mean \"other\"?") }
        #expect(ScenarioCatalog(environment: ["MOCKTAIL_SCENARIOS": ""]).items.count == 15)
    }

    /// The schema must take each bundled scenario, and every key in it must be one that the schema has.
    @Test("The schema knows every key that the decoder takes") func theSchemaKnowsEveryKeyThatTheDecoderTakes() throws {
        let schema = try JSONValue.parse(Array(ScenarioSchema.jsonText.utf8), syntax: .strictUniqueKeys)
        for item in ScenarioCatalog().items {
            let text = try EmbeddedFiles().text(of: item.source.path)
            check(try DocumentReader.read(text, file: item.name), schema, of: schema, path: item.name)
        }
    }

    @Test("The reference page has every key") func theReferencePageHasEveryKey() throws {
        let schema = try JSONValue.parse(Array(ScenarioSchema.jsonText.utf8))
        let package = BundledScenarioTests.folder.dropLast("Scenarios".count)
        let page = try DiskFiles().text(of: package + "Docs/Scenarios.md")
        let sections = [schema] + (schema["$defs"]?.object ?? []).map(\.value)
        #expect(sections.count == 13)
        for member in sections.flatMap({ $0["properties"]?.object ?? [] }) {
            #expect(page.contains("| `\(member.key)` |"), "the page lacks \(member.key)")
        }
    }

    private func check(_ node: DocumentNode, _ rule: JSONValue, of schema: JSONValue, path: String) {
        var rule = rule
        if let name = rule["$ref"]?.string?.split(separator: "/").last, let target = schema["$defs"]?[String(name)] {
            rule = target
        }
        if let choices = rule["enum"]?.array {
            guard case .scalar(let text, _) = node.content, choices.contains(where: { $0.string == text }) else {
                Issue.record("the schema does not allow the value of \(path)")
                return
            }
        }
        switch node.content {
        case .scalar: break
        case .mapping(let pairs):
            #expect(rule["type"]?.string == "object" && rule["additionalProperties"]?.bool == false, "\(path)")
            for required in rule["required"]?.array ?? [] {
                #expect(pairs.contains { $0.key == required.string }, "\(path)")
            }
            for pair in pairs {
                guard let property = rule["properties"]?[pair.key] else {
                    Issue.record("the schema has no \(path).\(pair.key)")
                    continue
                }
                check(pair.value, property, of: schema, path: "\(path).\(pair.key)")
            }
        case .list(let elements):
            guard let items = rule["items"] else { return }
            #expect(rule["type"]?.string == "array")
            for element in elements { check(element, items, of: schema, path: path + "[]") }
        }
    }
}
