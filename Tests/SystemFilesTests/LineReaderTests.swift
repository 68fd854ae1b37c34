import Foundation
import SystemFiles
import TestSupport
import Testing

@Suite("Lines of a file")
struct LineReaderTests {
    private struct Broken: Error {}

    private func lines(_ reader: LineReader) throws -> [String] {
        var lines: [String] = []
        while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
        return lines
    }

    @Test("Lines of any length come one by one, and the last one needs no newline")
    func wholeLines() throws {
        let folder = try TestFolder()
        let path = "\(folder.path)/a"
        let long = String(repeating: "ü", count: 1_500_000)
        for end in ["", "\n"] {
            try Data("a\n\n\(long)\nb\(end)".utf8).write(to: URL(filePath: path))
            let found = try lines(try LineReader(path))
            #expect(found == ["a", "", long, "b"])
        }
        try Data().write(to: URL(filePath: path))
        #expect(try LineReader(path).next() == nil)
    }

    @Test("Blocks are decoded as they come, and the decoder learns of the end")
    func decoding() throws {
        let folder = try TestFolder()
        let path = "\(folder.path)/a"
        try Data("abc\nde".utf8).write(to: URL(filePath: path))
        let reader = try LineReader(path) { block, output in
            output += block.isEmpty ? Array("!".utf8) : block.map { $0 >= 97 ? $0 - 32 : $0 }
        }
        #expect(try lines(reader) == ["ABC", "DE!"])
        let broken = try LineReader(path) { _, _ in throw Broken() }
        #expect(throws: Broken.self) { try broken.next() }
    }

    @Test("A file that is missing is an error at once")
    func missing() throws {
        let folder = try TestFolder()
        #expect(throws: FileError.self) { try LineReader("\(folder.path)/none") }
    }
}
