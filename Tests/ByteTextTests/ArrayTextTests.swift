import ByteText
import Testing

@Suite("Text appended to an array")
struct ArrayTextTests {
    @Test("Only what was written is appended")
    func appends() {
        var bytes = Array("a".utf8)
        bytes.appendText(atMost: 64) { cursor in
            cursor.put("bc")
            cursor.putDecimal(18_446_744_073_709_551_615)
            cursor.put(utf8: "é")
        }
        bytes.appendText(atMost: 10) { _ in }
        #expect(String(decoding: bytes, as: UTF8.self) == "abc18446744073709551615é")
    }

    @Test("A slot may be put up to the very end of the bound")
    func slotAtTheEnd() {
        var bytes: [UInt8] = []
        let slot = TextSlot("[fd7a:115c:a1e0:ab12:4843:cd96:62ff:ffff]:")
        bytes.appendText(atMost: 3 * slot.count) { cursor in
            for _ in 0..<3 { cursor.put(slot) }
        }
        #expect(bytes == Array(String(repeating: "[fd7a:115c:a1e0:ab12:4843:cd96:62ff:ffff]:", count: 3).utf8))
    }
}
