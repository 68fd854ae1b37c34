import ByteText
import Testing

@Suite("Bytes put at a cursor")
struct ByteCursorTests {
    /// What `write` put, or nil where it touched a byte before it, or one behind the space that every block has.
    private func written(_ write: (inout ByteCursor) -> Void) -> String? {
        var block = [UInt8](repeating: 0xAA, count: 192)
        let count = block.withUnsafeMutableBufferPointer { buffer -> Int in
            guard let base = buffer.baseAddress else { return 0 }
            var cursor = ByteCursor(base + 16)
            write(&cursor)
            return cursor.pointer - (base + 16)
        }
        guard block[..<16].allSatisfy({ $0 == 0xAA }),
            block[(16 + count + TextSlot.overhang)...].allSatisfy({ $0 == 0xAA })
        else { return nil }
        return String(decoding: block[16..<16 + count], as: UTF8.self)
    }

    /// The smallest number of every length, those beside it, and one with all digits different.
    private static let decimals: [(value: UInt64, text: String)] = [
        (0, "0"), (1, "1"), (7, "7"), (9, "9"),
        (10, "10"), (11, "11"), (42, "42"), (99, "99"),
        (100, "100"), (101, "101"), (305, "305"), (999, "999"),
        (1_000, "1000"), (1_001, "1001"), (9_999, "9999"),
        (10_000, "10000"), (12_345, "12345"), (65_535, "65535"), (99_999, "99999"),
        (100_000, "100000"), (123_456, "123456"), (999_999, "999999"),
        (1_000_000, "1000000"), (1_234_567, "1234567"), (9_999_999, "9999999"),
        (10_000_000, "10000000"), (12_345_678, "12345678"), (99_999_999, "99999999"),
        (100_000_000, "100000000"), (123_456_789, "123456789"), (999_999_999, "999999999"),
        (1_000_000_000, "1000000000"), (4_294_967_295, "4294967295"), (4_294_967_296, "4294967296"),
        (9_999_999_999, "9999999999"), (10_000_000_000, "10000000000"), (12_345_678_901, "12345678901"),
        (99_999_999_999, "99999999999"), (100_000_000_000, "100000000000"), (123_456_789_012, "123456789012"),
        (429_496_729_599, "429496729599"), (429_496_729_600, "429496729600"), (999_999_999_999, "999999999999"),
        (1_000_000_000_000, "1000000000000"), (1_234_567_890_123, "1234567890123"),
        (9_999_999_999_999, "9999999999999"), (10_000_000_000_000, "10000000000000"),
        (12_345_678_901_234, "12345678901234"), (99_999_999_999_999, "99999999999999"),
        (100_000_000_000_000, "100000000000000"), (123_456_789_012_345, "123456789012345"),
        (999_999_999_999_999, "999999999999999"), (1_000_000_000_000_000, "1000000000000000"),
        (1_234_567_890_123_456, "1234567890123456"), (9_999_999_999_999_999, "9999999999999999"),
        (10_000_000_000_000_000, "10000000000000000"), (12_345_678_901_234_567, "12345678901234567"),
        (99_999_999_999_999_999, "99999999999999999"), (100_000_000_000_000_000, "100000000000000000"),
        (123_456_789_012_345_678, "123456789012345678"), (999_999_999_999_999_999, "999999999999999999"),
        (1_000_000_000_000_000_000, "1000000000000000000"), (1_234_567_890_123_456_789, "1234567890123456789"),
        (9_223_372_036_854_775_807, "9223372036854775807"), (9_999_999_999_999_999_999, "9999999999999999999"),
        (10_000_000_000_000_000_000, "10000000000000000000"), (12_345_678_901_234_567_890, "12345678901234567890"),
        (18_446_744_073_709_551_615, "18446744073709551615"),
    ]

    @Test("Numbers of every length are written in decimal, without a byte before or far behind", arguments: decimals)
    func decimal(value: UInt64, text: String) {
        #expect(written { $0.putDecimal(value) } == text)
    }

    @Test("Every small number is written as Swift writes it")
    func smallDecimals() {
        var wrong: [UInt64] = []
        for value in UInt64(0)...12_000 where written({ $0.putDecimal(value) }) != String(value) { wrong.append(value) }
        #expect(wrong.prefix(3) == [])
    }

    @Test("Two digits are two digits")
    func twoDigits() {
        for value in UInt32(0)..<100 {
            #expect(written { $0.putTwoDigits(value) } == (value < 10 ? "0\(value)" : "\(value)"))
        }
    }

    @Test("Wide copies give the bytes of every length", arguments: [0, 1, 31, 32, 33, 63, 64, 65, 96])
    func wide(count: Int) {
        let source = (0..<128).map { UInt8(65 + $0 % 26) }
        let text = source.withUnsafeBytes { bytes -> String? in
            guard let base = bytes.baseAddress else { return nil }
            return written { $0.putWide(base, count: count) }
        }
        #expect(text == String(decoding: source[..<count], as: UTF8.self))
    }

    @Test("Bytes, literals, texts and memory follow each other")
    func sequence() {
        let text = written { cursor in
            cursor.put(UInt8(ascii: "["))
            cursor.put("literal \u{20AC}")
            cursor.put("")
            cursor.put(utf8: "")
            cursor.put(utf8: " text Zo\u{EB}, too long for a small string")
            [UInt8]([32, 109, 101, 109]).withUnsafeBytes { cursor.put($0) }
            cursor.put(UnsafeRawBufferPointer(start: nil, count: 0))
            cursor.put(UInt8(ascii: "]"))
        }
        #expect(text == "[literal \u{20AC} text Zo\u{EB}, too long for a small string mem]")
    }

    @Test("The pointer stands behind what was written")
    func pointerMoves() {
        var block = [UInt8](repeating: 0, count: 16)
        block.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var cursor = ByteCursor(base)
            #expect(cursor.pointer == base)
            cursor.putDecimal(123)
            #expect(cursor.pointer == base + 3)
            let copy = cursor
            cursor.put("ab")
            #expect(cursor.pointer == base + 5)
            #expect(copy.pointer == base + 3)
        }
        #expect(block == Array("123ab\0\0\0\0\0\0\0\0\0\0\0".utf8))
    }
}
