import ByteText
import Testing

@Suite("Tables of text")
struct TextTableTests {
    @Test("Columns are as wide as their widest cell, and lines end with their last character")
    func alignment() {
        var table = TextTable([.left, .right, .left], indent: 2)
        table.add(["name", "count", "what"])
        table.addHeading("a heading that is longer than the table is wide")
        table.add(["über", "7", ""])
        table.add(["x", "1,000,000", "many"])
        #expect(
            table.lines == [
                "  name      count  what", "a heading that is longer than the table is wide", "  über          7",
                "  x     1,000,000  many",
            ])
    }

    @Test("In a table of figures the first column stands left, numbers right")
    func figures() {
        #expect(TextTable(figures: [["kind", "n"], ["a", "10"]]).text == "kind   n\na     10\n")
        #expect(TextTable(figures: []).text.isEmpty)
    }
}
