import ByteText
import ScenarioSpec
import Testing

@Suite("Bundled scenario") struct BundledScenarioTests {
    /// The folder of the package's scenarios.
    static let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Scenarios"

    @Test("Every bundled scenario is sound and says what it is for")
    func everyBundledScenarioIsSoundAndSaysWhatItIsFor() throws {
        let items = ScenarioCatalog(folders: [BundledScenarioTests.folder]).items
        #expect(Set(items.map(\.name)).isSuperset(of: ["quickstart", "port-22-spike", "unauthorized-api-calls"]))
        for item in items {
            let plan = try Scenario.load(item.path)
            #expect(plan.name == item.name)
            #expect(item.summary.hasSuffix("."))
        }
    }

    @Test("The catalog finds by name and helps with typos") func theCatalogFindsByNameAndHelpsWithTypos() throws {
        let files = MemoryFiles(texts: [
            "Scenarios/mine.yaml": "# Mine.", "/opt/m/Scenarios/mine.yaml": "# Not mine.",
            "/opt/m/Scenarios/other.yaml": "# Other.", "/opt/m/Package.swift": "", "/opt/Scenarios/far.yaml": "",
        ])
        let catalog = ScenarioCatalog(environment: [:], executable: "/opt/m/bin/mocktail", files: files)
        #expect(catalog.items.map(\.name) == ["mine", "other"])
        #expect(catalog.items.map(\.summary) == ["Mine.", "Other."])
        #expect(try catalog.path(of: "other") == "/opt/m/Scenarios/other.yaml")
        #expect(try catalog.path(of: "any/file.yaml") == "any/file.yaml")
        #expect {
            try catalog.path(of: "othr")
        } throws: { "\($0)".hasSuffix("did you mean \"other\"?") }
    }

    /// The schema must take each bundled scenario, and every key in it must be one that the schema has.
    @Test("The schema knows every key that the decoder takes") func theSchemaKnowsEveryKeyThatTheDecoderTakes() throws {
        let schema = try JSONValue.parse(Array(ScenarioSchema.jsonText.utf8), syntax: .strictUniqueKeys)
        for item in ScenarioCatalog(folders: [BundledScenarioTests.folder]).items {
            let text = try DiskFiles().text(of: item.path)
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
