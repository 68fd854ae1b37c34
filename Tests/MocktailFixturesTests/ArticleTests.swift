import Foundation
import Testing

@Suite("Article") struct ArticleTests {
    @Test("The article shows the worked example") func theArticleShowsTheWorkedExample() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let library = tests.appending(path: "../../Sources/MocktailFixtures")
        let example = try String(contentsOf: tests.appending(path: "WorkedExampleTests.swift"), encoding: .utf8)
        let article = try String(
            contentsOf: library.appending(path: "MocktailFixtures.docc/MocktailFixtures.md"), encoding: .utf8)
        #expect(article.contains("```swift\n\(example)```"))
    }
}
