import Testing

/// The package as it stands, held against the rules; `RuleTests` shows that each rule catches what it is for.
@Suite("Architecture")
struct ArchitectureTests {
    private func manifest() throws -> Manifest { Manifest(text: try SourceTree.file("Package.swift").text) }

    private func table() throws -> LayerTable { LayerTable(page: try SourceTree.file("Docs/Architecture.md").text) }

    private func expectNone(_ problems: [String]) { for problem in problems { Issue.record("\(problem)") } }

    @Test("The imports of every target are its dependencies in Package.swift")
    func importsAreDependencies() throws {
        let benchmarks = try SourceTree.files(below: "Benchmarks")
        expectNone(
            ImportRules.manifestProblems(
                try manifest(), try SourceTree.sources() + SourceTree.tests() + benchmarks))
    }

    @Test("A module imports only modules of lower layers or of an earlier row of its own")
    func importsRunDown() throws {
        expectNone(ImportRules.layerProblems(try table(), try SourceTree.sources()))
    }

    @Test("The table of modules has every module once, in the order of Package.swift")
    func tableIsComplete() throws {
        let folders = try SourceTree.folders(in: "Sources")
        expectNone(ImportRules.tableProblems(try table(), folders: folders, try manifest()))
    }

    @Test("Test targets mirror the modules")
    func testsMirrorModules() throws {
        expectNone(TestRules.targetProblems(try manifest(), folders: try SourceTree.folders(in: "Tests")))
    }

    @Test("Tests are named by sentences, and those that wait have a time limit")
    func testsHaveOneStyle() throws { expectNone(TestRules.styleProblems(try SourceTree.tests())) }

    @Test("Between seed and byte: no Foundation, floating point, clock, system randomness, hash or system call")
    func pureModulesArePure() throws { expectNone(PurityRules.problems(try SourceTree.sources())) }

    @Test("Between seed and byte: the order of a dictionary or a set never shows")
    func hashOrderNeverShows() throws { expectNone(OrderRules.problems(try SourceTree.sources())) }

    @Test("Names of types are unique in the package, and none is its module's")
    func namesAreUnique() throws {
        expectNone(NameRules.problems(try SourceTree.sources()))
    }

    @Test("Sources, scripts and pages use the words of the glossary and speak of no workplace")
    func wordsAreCurrent() throws {
        let pages = try SourceTree.files(below: "Docs", ["md"]).filter { $0.path != "Docs/Glossary.md" }
        let single = try ["README.md", "CONTRIBUTING.md", "Package.swift"].map(SourceTree.file)
        let scripts = try SourceTree.files(below: "Scripts", ["", "sh", "py"])
        expectNone(WordRules.problems(try SourceTree.sources() + pages + single + scripts))
    }

    @Test("The pages for contributors name what is there")
    func pagesAreCurrent() throws {
        let names = PageRules.names(try SourceTree.sources() + SourceTree.tests())
        for page in try ["CONTRIBUTING.md", "Docs/Architecture.md"].map(SourceTree.file) {
            expectNone(PageRules.problems(page, names, exists: SourceTree.exists))
        }
    }

    @Test("The notice names every library of Package.swift, with its range of versions")
    func noticeIsCurrent() throws {
        let notice = try SourceTree.file("NOTICE").text
        let package = try SourceTree.file("Package.swift").text
        let libraries = package.matches(of: /\n +\.package\(url: "[^"]+\/([^"\/]+)", from: "([0-9.]+)"\)/)
        #expect(libraries.count >= 5, "the dependencies have another form than this test knows")
        for library in libraries {
            let row = try Regex("(?m)^\(library.1) +>= \(library.2), ")
            #expect(notice.contains(row), "NOTICE lacks \(library.1) from \(library.2) on: run Scripts/notice")
        }
    }

    @Test("No file has more than 500 lines")
    func filesAreShort() throws {
        for file in try SourceTree.sources() + SourceTree.tests() where file.lineCount > 500 {
            Issue.record("\(file.path) has \(file.lineCount) lines; split it by topic")
        }
    }

    @Test("The drawing of the modules is current")
    func drawingIsCurrent() throws {
        let drawn = try ModuleDrawing.draw()
        let committed = try SourceTree.file("Docs/modules.svg").text
        #expect(drawn == committed, "run Scripts/modules and commit Docs/modules.svg")
    }
}
