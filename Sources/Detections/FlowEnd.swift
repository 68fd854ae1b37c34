/// One end of a connection, as ranges of the bytes that were read.
struct FlowEnd: Sendable {
    /// `ip:port`.
    var text: Range<Int>
    /// The part before the last colon.
    var address: Range<Int>
    var port: UInt16

    /// Makes an end of `ip:port`; nil for anything else.
    init?(_ text: Range<Int>, _ bytes: Span<UInt8>) {
        let end = bytes.extracting(text)
        var place = end.count - 1
        var port = 0
        var unit = 1
        while place > 0, end[place] != UInt8(ascii: ":") {
            let digit = Int(end[place]) - Int(UInt8(ascii: "0"))
            guard (0...9).contains(digit), unit <= 10_000 else { return nil }
            port += digit * unit
            unit *= 10
            place -= 1
        }
        guard place > 0, unit > 1, let port = UInt16(exactly: port) else { return nil }
        self.text = text
        address = text.lowerBound..<text.lowerBound + place
        self.port = port
    }

    mutating func move(by offset: Int) {
        text = text.moved(by: offset)
        address = address.moved(by: offset)
    }
}
