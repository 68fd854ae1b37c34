import ByteText
import Testing

@Suite("Short texts in slots")
struct TextSlotTests {
    private let alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJK"

    /// A block of marks with what is put at its fourth byte, and how many bytes the cursor went on.
    private func block(of size: Int, _ put: (inout ByteCursor) -> Void) -> (bytes: [UInt8], count: Int) {
        var bytes = [UInt8](repeating: 0xAA, count: size)
        let count = bytes.withUnsafeMutableBufferPointer { buffer -> Int in
            guard let base = buffer.baseAddress else { return -1 }
            var cursor = ByteCursor(base + 3)
            put(&cursor)
            return cursor.pointer - (base + 3)
        }
        return (bytes, count)
    }

    @Test("A text of any length up to the capacity comes out as it went in", arguments: 0...47)
    func lengths(length: Int) {
        let text = String(alphabet.prefix(length))
        let slot = TextSlot(text)
        #expect(slot.count == length)
        // At an odd place, with a mark behind the overhang that a slot may touch.
        let (block, count) = block(of: 80) { $0.put(slot) }
        #expect(count == length)
        #expect(block[..<3].allSatisfy { $0 == 0xAA })
        #expect(Array(block[3..<3 + length]) == Array(text.utf8))
        #expect(block[(3 + TextSlot.overhang)...].allSatisfy { $0 == 0xAA })
    }

    @Test("Slots put one after the other leave no gap and no rest")
    func chain() {
        var bytes: [UInt8] = []
        bytes.appendText(atMost: 200) { cursor in
            cursor.put(TextSlot(alphabet))
            cursor.put(TextSlot(""))
            cursor.put(TextSlot("100.64.0.1:443"))
            cursor.put(TextSlot("[fd7a:115c:a1e0::537:5c4f]:65535"))
            cursor.put(TextSlot("sixteen bytes ok"))
        }
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == alphabet + "100.64.0.1:443[fd7a:115c:a1e0::537:5c4f]:65535sixteen bytes ok")
    }

    @Test("Length counts bytes of UTF-8")
    func utf8() {
        let slot = TextSlot("Zo\u{EB} \u{20AC}")
        #expect(slot.count == 8)
        var bytes: [UInt8] = []
        bytes.appendText(atMost: 8) { $0.put(slot) }
        #expect(String(decoding: bytes, as: UTF8.self) == "Zo\u{EB} \u{20AC}")
    }

    @Test("The capacity holds the longest address with port")
    func capacity() {
        #expect(TextSlot.capacity == 47)
        #expect(TextSlot("[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535").count == 47)
    }

    @Test("A short text comes out as it went in, and a slot touches no more than 16 bytes", arguments: 9...16)
    func short(length: Int) {
        let text = String(alphabet.prefix(length))
        let slot = ShortSlot(text)
        let (block, count) = block(of: 32) { $0.put(slot) }
        #expect(count == length)
        #expect(block[..<3].allSatisfy { $0 == 0xAA })
        #expect(Array(block[3..<3 + length]) == Array(text.utf8))
        #expect(block[19...].allSatisfy { $0 == 0xAA })
    }

    @Test("Short slots put one after the other leave no gap and no rest")
    func shortChain() {
        var bytes: [UInt8] = []
        bytes.appendText(atMost: 80) { cursor in
            cursor.put(ShortSlot("100.64.0."))
            cursor.put(ShortSlot("100.100.100.100:"))
            cursor.put(ShortSlot("100.64.0.1:"))
            cursor.put(TextSlot("443"))
        }
        #expect(String(decoding: bytes, as: UTF8.self) == "100.64.0.100.100.100.100:100.64.0.1:443")
    }
}
