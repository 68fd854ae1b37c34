import ByteText
import Testing

@Suite("Visible text") struct VisibleTextTests {
    @Test("Escapes what a terminal would obey or hide") func escapesWhatATerminalWouldObeyOrHide() {
        #expect("\u{1B}[31mred\u{7}".escapingControls == #"\x1b[31mred\x07"#)
        #expect("a\nb\r\u{7F}".escapingControls == #"a\x0ab\x0d\x7f"#)
        #expect("\u{9B}1m \u{202E}abc \u{2028} \u{FEFF}".escapingControls == #"\u009b1m \u202eabc \u2028 \ufeff"#)
        #expect("tab\tand é, 😂, שלום".escapingControls == "tab\tand é, 😂, שלום")
        #expect("one\u{1B}\n\ntwo".escapingControlsInLines == "one\\x1b\n\ntwo")
    }

    @Test("Escapes are as wide as Go's") func escapesAreAsWideAsGos() {
        #expect(Unicode.Scalar(0xE0001)?.escape == #"\U000e0001"#)
        #expect(Unicode.Scalar(0x1).escape == #"\x01"#)
    }

    @Test("A byte order mark is dropped once") func aByteOrderMarkIsDroppedOnce() {
        #expect(ByteOrderMark.dropped(from: "\u{FEFF}{}") == Array("{}".utf8))
        #expect(ByteOrderMark.dropped(from: "{}") == Array("{}".utf8))
        #expect(ByteOrderMark.dropped(from: "") == [])
        #expect(ByteOrderMark.dropped(from: "\u{FEFF}\u{FEFF}").count == 3)
    }
}
