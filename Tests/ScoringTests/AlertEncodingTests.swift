import Compression
import Scoring
import SimTime
import TestSupport
import Testing
import Truth

@Suite("Alert encoding") struct AlertEncodingTests {
    private let table = "time;rule;entities\r\n2026-08-01T09:00:01Z;Zoë's rule;lap\r\n"
    private let line = #"{"time":"2026-08-01T09:00:01Z","rule":"Zoë's rule","entities":["lap"]}"# + "\n"
    private let wanted = [Alert(time: at(1), rule: "Zoë's rule", entities: ["lap"])]

    private func read(_ bytes: [UInt8], _ format: AlertFormat? = nil) throws -> [Alert] {
        try AlertReader.read(bytes, format: format).alerts
    }

    private func problem(_ bytes: [UInt8]) -> String? {
        #expect(throws: NDJSONProblems.self) { try read(bytes) }?.description
    }

    private func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return isBigEndian ? bytes : bytes.reversed()
        }
    }

    private func gzip(_ bytes: [UInt8]) -> [UInt8] { GzipCompressor().member(of: bytes) }

    @Test("A byte order mark, UTF-16 in both orders and gzip change nothing")
    func encodings() throws {
        for text in [table, line, "[\(line)]", "{\n" + line.dropFirst()] {
            let plain = Array(text.utf8)
            #expect(try read(plain) == wanted)
            #expect(try read([0xEF, 0xBB, 0xBF] + plain) == wanted)
            for isBigEndian in [false, true] {
                let mark: [UInt8] = isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]
                #expect(try read(mark + utf16(text, isBigEndian: isBigEndian)) == wanted)
                #expect(try read(utf16(text, isBigEndian: isBigEndian)) == wanted)
            }
            #expect(try read(gzip(plain)) == wanted)
            #expect(try read(gzip([0xFF, 0xFE] + utf16(text, isBigEndian: false))) == wanted)
        }
        // Members in a row are one text, as gzip has it.
        let second = Array(line.replacing("lap", with: "db").utf8)
        #expect(try read(gzip(Array(line.utf8)) + gzip(second)).map(\.entities) == [["lap"], ["db"]])
    }

    @Test("A form that is given also holds for encoded files")
    func givenForm() throws {
        #expect(try read([0xEF, 0xBB, 0xBF] + Array(line.utf8), .ndjson) == wanted)
        #expect(try read([0xEF, 0xBB, 0xBF] + Array(line.utf8), .json) == wanted)
        #expect(try read(gzip(Array(table.utf8)), .csv) == wanted)
    }

    @Test("A cut or damaged gzip file is refused")
    func brokenGzip() {
        let packed = gzip(Array(String(repeating: line, count: 100).utf8))
        #expect(problem(Array(packed.dropLast(9))) == "line 1: the gzip file is cut off; copy or pack it again")
        #expect(problem(Array(packed.prefix(2))) == "line 1: the gzip file is cut off; copy or pack it again")
        var damaged = packed
        for index in 12..<20 { damaged[index] ^= 0xFF }
        #expect(problem(damaged) == "line 1: the file begins as gzip but is damaged; pack it again")
        #expect(problem(gzip(packed)) == "line 1: the file is packed with gzip twice; unpack it once")
    }

    @Test("A small file that unpacks to a large one is refused before it is unpacked")
    func gzipBomb() {
        let piece = gzip([UInt8](repeating: 0x20, count: 1 << 26))
        let bomb = Array(repeatElement(piece, count: 64).joined())
        #expect(problem(bomb)?.hasPrefix("line 1: the file unpacks to more than 512 MiB") == true)
    }

    @Test("Text that is none is refused with its line")
    func noText() {
        #expect(problem(Array((line + "\u{0}" + line).utf8))?.hasPrefix("line 2: the text has a NUL byte") == true)
        #expect(
            problem(Array("time,rule,entities\na\u{0},b,c\n".utf8))?.hasPrefix("line 2: the text has a NUL") == true)
        let latin: [UInt8] = Array("time,rule,entities\n2026-08-01T09:00:01Z,Zo".utf8) + [0xEB] + Array(",lap\n".utf8)
        #expect(problem(latin) == "line 2: a cell is not valid UTF-8; save the file as UTF-8")
        let broken: [UInt8] = Array(#"{"time":1,"rule":""#.utf8) + [0xFF] + Array(#"","entities":[]}"#.utf8)
        #expect(problem(broken) == "line 1: column 19: the text is not valid UTF-8")
        #expect(
            problem([0xFF, 0xFE, 0x41])
                == "line 1: the UTF-16 text is cut off in the middle of a character; copy it again")
        let lone = [0xFF, 0xFE] + utf16("a\nb", isBigEndian: false) + [0x00, 0xD8, 0x41, 0x00]
        #expect(problem(lone) == "line 2: the text is not valid UTF-16; save it as UTF-8")
    }

    @Test(
        "Files of other kinds are named",
        arguments: [
            ([0x50, 0x4B, 0x03, 0x04], "workbook"), ([0xD0, 0xCF, 0x11, 0xE0], "workbook"),
            ([0x28, 0xB5, 0x2F, 0xFD], "zstd"),
            ([0x42, 0x5A, 0x68, 0x39], "bzip2"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz"),
            ([0xFF, 0xFE, 0x00, 0x00], "UTF-32"), ([0x0A, 0x3C, 0x3F, 0x78], "XML"),
        ] as [([UInt8], String)])
    func otherKinds(beginning: [UInt8], name: String) {
        #expect(problem(beginning + [1, 2, 3, 4])?.contains(name) == true)
    }

    @Test("Nothing, blanks, or names alone are no alerts and no problem")
    func empty() throws {
        for text in ["", "\n \r\n", "[]", "[]\n[]\n", "time,rule,entities\n", "sep=;\ntime;rule;entities"] {
            #expect(try read(Array(text.utf8)).isEmpty, "\(text)")
            #expect(try read(gzip(Array(text.utf8))).isEmpty)
        }
        #expect(try read([0xEF, 0xBB, 0xBF]).isEmpty)
        #expect(try read([0xFF, 0xFE]).isEmpty)
    }
}
