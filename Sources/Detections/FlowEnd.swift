/// One end of a connection, as ranges of the bytes that were read.
struct FlowEnd: Sendable {
    /// `ip:port`.
    var text: Range<Int>
    /// The part before the last colon.
    var address: Range<Int>
    var port: UInt16

    /// Makes an end of `ip:port`; nil for anything else.
    init?(_ text: Range<Int>, _ bytes: Span<UInt8>) {
        var place = text.upperBound - 1
        var port = 0
        var unit = 1
        while place > text.lowerBound, bytes[place] != UInt8(ascii: ":") {
            let digit = Int(bytes[place]) - Int(UInt8(ascii: "0"))
            guard (0...9).contains(digit), unit <= 10_000 else { return nil }
            port += digit * unit
            unit *= 10
            place -= 1
        }
        guard place > text.lowerBound, unit > 1, let port = UInt16(exactly: port) else { return nil }
        self.text = text
        address = text.lowerBound..<place
        self.port = port
    }

    mutating func move(by offset: Int) {
        text = text.moved(by: offset)
        address = address.moved(by: offset)
    }
}
