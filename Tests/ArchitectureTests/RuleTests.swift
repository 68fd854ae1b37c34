import Testing

/// Each rule catches a bad example, and leaves a good one alone.
@Suite("Rules of the architecture")
struct RuleTests {
    private func file(_ path: String, _ text: String) -> SourceFile { SourceFile(path: path, text: text) }

    private let manifest = Manifest(
        text: """
            let package = Package(
                targets: [
                    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
                    .target(name: "Low"),
                    .target(
                        name: "Mid", dependencies: ["Low", external("NIOCore", "swift-nio")]),
                    .executableTarget(
                        name: "tool",
                        dependencies: ["Mid", .product(name: "Crypto", package: "c", condition: .when(traits: ["TLS"]))]),
                    .testTarget(name: "MidTests", dependencies: ["Mid"]),
                ])
            """)

    private let table = LayerTable(
        page: """
            | layer | module | purpose |
            |---|---|---|
            | 1 | `Low`, `CZlib` | `Ignored` |
            | | `Side` | |
            | 2 | `Mid` | |
            | 3 | `tool` | |

            | part | answers |
            | `Part` | |
            """)

    @Test("A manifest is read with its products and conditions")
    func manifestIsRead() {
        #expect(
            manifest.targets == [
                .init(name: "CZlib", isTest: false, dependencies: []),
                .init(name: "Low", isTest: false, dependencies: []),
                .init(name: "Mid", isTest: false, dependencies: ["Low", "NIOCore"]),
                .init(name: "tool", isTest: false, dependencies: ["Mid", "Crypto"]),
                .init(name: "MidTests", isTest: true, dependencies: ["Mid"]),
            ])
    }

    @Test("The table of layers is read row by row")
    func tableIsRead() {
        #expect(
            table.rows == [
                .init(layer: 1, modules: ["Low", "CZlib"]), .init(layer: 1, modules: ["Side"]),
                .init(layer: 2, modules: ["Mid"]), .init(layer: 3, modules: ["tool"]),
            ])
    }

    @Test("Comments and the contents of literals are no code")
    func codeIsStripped() {
        let text = ##"""
            let a = "x // \(b + "Double") y" // Double
            /* /* Double */
            Double */ let c = #"Double \#(d)"# + """
                Double \
                \(e)
                """
            """##
        #expect(SwiftCode.stripped(text) == "let a = \"(b + \"\")\" \n\n let c = \"(d)\" + \"\n\n(e)\n\"")
    }

    @Test("Imports are found with attributes, access and kinds")
    func importsAreFound() {
        let text = """
            @testable import A
            public import struct B.C
            #if X
                @preconcurrency internal import D
            #endif
            // import E
            importance(F)
            """
        #expect(file("Sources/X/x.swift", text).imports.map(\.module) == ["A", "B", "D"])
        #expect(file("Sources/X/x.swift", text).imports.map(\.line) == [1, 2, 4])
    }

    @Test("An import without a dependency and a dependency without an import")
    func manifestProblems() {
        let good = [
            file("Sources/Mid/a.swift", "import Low\nimport NIOCore\nimport Synchronization\n"),
            file("Sources/tool/main.swift", "import Mid\nimport Crypto\n"),
            file("Tests/MidTests/MidTests.swift", "import Mid\nimport Testing\n"),
        ]
        #expect(ImportRules.manifestProblems(manifest, good).isEmpty)
        let bad =
            Array(good.dropLast()) + [
                file("Sources/Low/a.swift", "\nimport Mid\n"),
                file("Tests/MidTests/MidTests.swift", "import Testing\n"),
                file("Sources/Lost/a.swift", ""),
            ]
        #expect(
            ImportRules.manifestProblems(manifest, bad) == [
                "Sources/Low/a.swift:2 imports Mid, which Package.swift does not name for Low",
                "Sources/Lost/a.swift: Package.swift has no target Lost",
                "Package.swift: MidTests depends on Mid, which no file of it imports",
            ])
    }

    @Test("An import of a higher layer, of a later row and of the same row")
    func layerProblems() {
        let files = [
            file("Sources/Mid/a.swift", "import Low\nimport Side\nimport tool\n"),
            file("Sources/Low/a.swift", "import CZlib\nimport Side\n"), file("Sources/Side/a.swift", "import Low\n"),
            file("Sources/New/a.swift", ""),
        ]
        #expect(
            ImportRules.layerProblems(table, files) == [
                "Sources/Mid/a.swift:3 imports tool, which is not below Mid",
                "Sources/Low/a.swift:1 imports CZlib, which is not below Low",
                "Sources/Low/a.swift:2 imports Side, which is not below Low",
                "Sources/New/a.swift: Docs/Architecture.md has no row for New",
            ])
    }

    @Test("A module without a row, a row without a module, another order than the manifest's")
    func tableProblems() {
        #expect(
            ImportRules.tableProblems(table, folders: ["CZlib", "Low", "New", "Side", "tool"], manifest) == [
                "Docs/Architecture.md names Mid; there is no Sources/Mid",
                "Docs/Architecture.md has no row for Sources/New",
                "Package.swift names CZlib where the table of Docs/Architecture.md names Low",
            ])
        let twice = LayerTable(page: "| 2 | `Low` | |\n| 1 | `Low` | |")
        #expect(
            ImportRules.tableProblems(twice, folders: ["Low"], manifest).contains(
                "Docs/Architecture.md names Low twice"))
        #expect(
            ImportRules.tableProblems(twice, folders: ["Low"], manifest).contains(
                "Docs/Architecture.md: layer 1 comes after layer 2"))
    }

    @Test("Tests of no module, a folder without a target")
    func testTargetProblems() {
        let other = Manifest(
            text: "\n.target(name: \"Mid\"),\n.testTarget(name: \"MidTests\"),\n.testTarget(name: \"OldTests\"),")
        #expect(
            TestRules.targetProblems(other, folders: ["MidTests", "OldTests", "LostTests"]) == [
                "OldTests: there is no module Old to be tested", "Package.swift has no target for Tests/LostTests",
            ])
    }

    @Test("Tests in a file of another name, without a sentence, without a suite, without a limit")
    func testStyleProblems() {
        let at = "@"
        let good =
            "\(at)Suite(\"A\", .timeLimit(.minutes(15)))\nstruct A {\n    \(at)Test(\n        \"B\") func b() {}\n}\n"
        #expect(TestRules.styleProblems([file("Tests/ReplayTests/ATests.swift", good)]).isEmpty)
        #expect(TestRules.styleProblems([file("Tests/MidTests/Samples.swift", "// \(at)Test\n")]).isEmpty)
        let bad = [
            file("Tests/MidTests/Mid.swift", good),
            file(
                "Tests/MidTests/ATests.swift", "\(at)Suite struct A {\n    \(at)Test(arguments: [1]) func b() {}\n}\n"),
            file("Tests/MidTests/BTests.swift", "struct B { \(at)Test(\"C\") func c() {} }\n"),
            file("Tests/ReplayTests/CTests.swift", "\(at)Suite(\"A\", .enabled(if: { true }()))\nstruct A {}\n"),
        ]
        #expect(
            TestRules.styleProblems(bad) == [
                "Tests/MidTests/Mid.swift has tests, and its name does not end in Tests.swift",
                "Tests/MidTests/ATests.swift:1: \(at)Suite has no sentence as its name",
                "Tests/MidTests/ATests.swift:2: \(at)Test has no sentence as its name",
                "Tests/MidTests/BTests.swift: its tests belong to no \(at)Suite",
                "Tests/ReplayTests/CTests.swift:1: a suite that may wait has no .timeLimit",
            ])
    }

    @Test(
        "What differs from run to run or between machines is caught",
        arguments: [
            "import Foundation", "import Glibc", "import SystemFiles", "let x: Double = 0", "let x = 1.5",
            "let x = 1e9",
            "let t = ContinuousClock()", "let t = Instant.now", "x.shuffle()", "let n = Int.random(in: 0..<3)",
            "var h = Hasher()", "x.hashValue", "print(x)", "let n = time(nil)", "if getenv(name) != nil {}",
            "let a = CommandLine.arguments",
        ])
    func impureLines(line: String) {
        #expect(PurityRules.problems([file("Sources/Simulation/a.swift", "\n\(line)\n")]).count == 1)
        #expect(PurityRules.problems([file("Sources/Replay/a.swift", "\n\(line)\n")]).isEmpty)
    }

    @Test(
        "Whole numbers, tuples, members and own functions are fine",
        arguments: [
            "let x = 0x1e9 + 1_000", "let y = pair.0.1", "output.write(x)", "func write(_ x: Int) {}\nwrite(x)",
            "func hash(into hasher: inout Hasher) { hasher.combine(x) }", "// 1.5 of Double", "let s = \"print(1.5)\"",
        ])
    func pureLines(line: String) {
        #expect(PurityRules.problems([file("Sources/Simulation/a.swift", "\(line)\n")]).isEmpty)
    }

    private static let tables = """
        let byName: [String: Int] = [:]
        var seen = Set<String>()
        func owners() -> Set<Int> { [] }
        var groups: [[Int]: [String]] = [:]
        let list: [String] = []

        """

    @Test(
        "An order of hash tables that shows is caught",
        arguments: [
            "for (name, count) in byName { use(name) }", "for name in self.seen where name != x {}",
            "let a = byName.map { $0.key }", "let a = byName.keys.map { $0 }", "let a = Array(seen)",
            "let a = seen.filter { $0 != x }.first", "for id in owners() {}", "list += byName.values",
            "let a = groups\n    .values\n    .flatMap { $0 }", "let a = [Int](byName.values)", "seen.forEach(use)",
            "let a = byName.first { $0.value == 1 }", "let a = zip(seen, list)", "let a = byName.values.reduce(0, f)",
        ])
    func orderShows(line: String) {
        let found = OrderRules.problems([file("Sources/Simulation/a.swift", RuleTests.tables + line + "\n")])
        #expect(found.count == 1, "\(found)")
    }

    @Test(
        "Sorted, counted and looked up is fine",
        arguments: [
            "for (name, count) in byName.sorted(by: { $0.key < $1.key }) {}", "let a = byName[x].map { $0 }",
            "let a = byName.keys.map { $0 }\n    .sorted()", "let a = seen.contains(x)",
            "let a = byName.mapValues { $0 }",
            "for name in list {}", "let a = Set(byName.keys)", "for x in byName[y] {}", "let a = seen.isEmpty",
            "seen.formUnion(byName.keys)", "let a = list.map { seen.contains($0) }", "let a = byName.values.max()",
            "for x in list where !seen.contains(x) {}",
        ])
    func orderIsHidden(line: String) {
        let found = OrderRules.problems([file("Sources/Simulation/a.swift", RuleTests.tables + line + "\n")])
        #expect(found.isEmpty, "\(found)")
    }

    @Test("A name that only another file declares is known if every declaration is a hash table")
    func namesOfOtherFiles() {
        let declared = file("Sources/TailnetPolicy/a.swift", "package var hosts: [String: Int] = [:]\n")
        let used = file("Sources/Simulation/b.swift", "for host in policy.hosts {}\n")
        let other = file("Sources/ScenarioSpec/c.swift", "package var hosts: [Host] = []\n")
        #expect(OrderRules.problems([declared, used]).count == 1)
        #expect(OrderRules.problems([declared, used, other]).isEmpty)
    }

    @Test("Two types of one name, a type with its module's name, a type that hides Swift's")
    func nameProblems() {
        let files = [
            file("Sources/Low/a.swift", "package struct Twin {}\nstruct Own {}\npublic enum Only { struct Mid {} }\n"),
            file("Sources/Mid/a.swift", "public final class Twin {}\nstruct Own {}\nstruct Decoder {}\n"),
            file("Sources/Mid/b.swift", "enum Outer {\n    struct Twin {}\n    struct Mid {}\n}\n"),
        ]
        #expect(
            NameRules.problems(files) == [
                "Sources/Mid/a.swift:3: Decoder hides a type of the standard library",
                "Sources/Mid/b.swift:3: Mid is also the name of its module",
                "Twin is declared by Sources/Low/a.swift:1 and Sources/Mid/a.swift:1",
            ])
    }

    @Test("Replaced words and traces of a workplace")
    func wordProblems() {
        let workplace = ["/home", "/me/x"].joined()
        let task = ["issue", "12"].joined(separator: " ")
        let files = [
            file("Sources/Low/a.swift", "/// What it Cried Wolf about.\nlet a = Courier()\nlet couriers = 1\n"),
            file("Docs/a.md", "See \(workplace).\nThere is room for 3 in `~/home/x`; [x](../src/y).\nAs of \(task).\n"),
        ]
        #expect(
            WordRules.problems(files) == [
                "Sources/Low/a.swift:2: \"Courier\": the word is now SendWorker",
                "Sources/Low/a.swift:1: \"Cried Wolf\": the word is now false positives",
                "Docs/a.md:1: \"/home/m\" is a path of one machine", "Docs/a.md:3: \"\(task)\" is the number of a task",
            ])
    }

    @Test("A page that names what is gone")
    func pageProblems() {
        let page = file("a.md", "`Gone` and `Low`, `Here`;\n`Low/Gone` and `Low/here.swift`, `--flag`, `swift build`\n")
        let names = PageRules.names([file("Sources/Low/here.swift", "struct Here {} // Gone\n")])
        #expect(
            PageRules.problems(page, names, exists: { $0 == "Sources/Low/here.swift" }) == [
                "a.md:1: there is no Gone", "a.md:2: there is nothing at Low/Gone",
            ])
    }

    @Test("A folder without files, and a missing file, are errors")
    func nothingIsAnError() {
        #expect(throws: SourceTree.Missing.self) { try SourceTree.files(below: "Sources/Nothing") }
        #expect(throws: SourceTree.Missing.self) { try SourceTree.files(below: "Sources", ["cobol"]) }
        #expect(throws: SourceTree.Missing.self) { try SourceTree.folders(in: "Nothing") }
        #expect(throws: SourceTree.Missing.self) { try SourceTree.file("Nothing.md") }
    }
}
