import ByteText
import TailnetModel

/// A place in a record's text, for a reader that takes nothing but what the service itself would write.
///
/// Each `take` moves behind what it took, or says that something else stands there; the caller then gives up, and the
/// decoders of `LogFormats` say what is wrong. The text is handed in each time, since a cursor cannot keep a span.
struct TextCursor {
    /// The offset of the next byte.
    var place = 0

    /// The next byte; 0 at the end.
    @inline(__always)
    func peek(_ text: Span<UInt8>) -> UInt8 { place < text.count ? text[place] : 0 }

    @inline(__always)
    mutating func take(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
        guard peek(text) == byte else { return false }
        place += 1
        return true
    }

    @inline(__always)
    mutating func take(_ literal: StaticString, _ text: Span<UInt8>) -> Bool {
        guard text.holds(literal, at: place) else { return false }
        place += literal.utf8CodeUnitCount
        return true
    }

    /// Takes text up to a closing quote, and the quote; nil where it has escapes or is not plain ASCII.
    @inline(__always)
    mutating func takePlainText(_ text: Span<UInt8>) -> Range<Int>? {
        let begin = place
        while place < text.count {
            let byte = text[place]
            if byte == UInt8(ascii: "\"") {
                place += 1
                return begin..<place - 1
            }
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\\") else { return nil }
            place += 1
        }
        return nil
    }

    /// Takes a whole number above zero and below 10^18 without leading zeros.
    @inline(__always)
    mutating func takeCount(_ text: Span<UInt8>) -> UInt64? {
        guard peek(text) != UInt8(ascii: "0") else { return nil }
        let begin = place
        var value: UInt64 = 0
        while true {
            let digit = peek(text) &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value &* 10 &+ UInt64(digit)
            place += 1
        }
        let digits = place - begin
        return digits > 0 && digits <= 18 ? value : nil
    }

    /// Takes a number of at most `limit` without leading zeros; 0 is a number here.
    @inline(__always)
    mutating func takeSmall(_ text: Span<UInt8>, atMost limit: UInt32) -> UInt32? {
        let begin = place
        let first = peek(text)
        var value: UInt32 = 0
        while true {
            let digit = peek(text) &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value &* 10 &+ UInt32(digit)
            place += 1
            guard place - begin <= 5 else { return nil }
        }
        guard place > begin, first != UInt8(ascii: "0") || place - begin == 1 else { return nil }
        return value <= limit ? value : nil
    }

    /// Takes `address:port` and the closing quote.
    @inline(__always)
    mutating func takeEndpoint(_ text: Span<UInt8>) -> FlowEndpoint? {
        if peek(text) == UInt8(ascii: "[") { return takeIPv6Endpoint(text) }
        guard let address = takeIPv4(text), take(UInt8(ascii: ":"), text), let port = takeSmall(text, atMost: 65_535),
            take(UInt8(ascii: "\""), text)
        else { return nil }
        return FlowEndpoint(high: 0, low: UInt64(address), family: 4, port: UInt16(port))
    }

    @inline(__always)
    private mutating func takeIPv4(_ text: Span<UInt8>) -> UInt32? {
        guard let a = takeSmall(text, atMost: 255), take(UInt8(ascii: "."), text),
            let b = takeSmall(text, atMost: 255), take(UInt8(ascii: "."), text),
            let c = takeSmall(text, atMost: 255), take(UInt8(ascii: "."), text), let d = takeSmall(text, atMost: 255)
        else { return nil }
        return a << 24 | b << 16 | c << 8 | d
    }

    /// Takes `[address]:port` and the closing quote; the address must be in its shortest form.
    @inline(never)
    private mutating func takeIPv6Endpoint(_ text: Span<UInt8>) -> FlowEndpoint? {
        guard take(UInt8(ascii: "["), text) else { return nil }
        let begin = place
        while peek(text) != UInt8(ascii: "]") {
            guard place < text.count, place - begin < AddressText.ipv6Bound else { return nil }
            place += 1
        }
        guard let (high, low) = TextCursor.ipv6(text.extracting(begin..<place)), take("]:", text),
            let port = takeSmall(text, atMost: 65_535), take(UInt8(ascii: "\""), text)
        else { return nil }
        return FlowEndpoint(high: high, low: low, family: 6, port: UInt16(port))
    }

    /// The two halves of an IPv6 address, if writing it again gives the same text.
    private static func ipv6(_ text: Span<UInt8>) -> (high: UInt64, low: UInt64)? {
        var head: UInt128 = 0
        var tail: UInt128 = 0
        var headCount = 0
        var tailCount = 0
        var hasGap = false
        var place = 0
        while place < text.count {
            if text[place] == UInt8(ascii: ":") {
                guard place + 1 < text.count else { return nil }
                if text[place + 1] == UInt8(ascii: ":") {
                    guard !hasGap else { return nil }
                    hasGap = true
                    place += 2
                    continue
                }
                place += 1
            }
            var group: UInt128 = 0
            var digits = 0
            while place < text.count, let digit = hexDigit(text[place]) {
                group = group << 4 | UInt128(digit)
                digits += 1
                place += 1
            }
            guard digits > 0, digits <= 4 else { return nil }
            if hasGap {
                tail = tail << 16 | group
                tailCount += 1
            } else {
                head = head << 16 | group
                headCount += 1
            }
            guard headCount + tailCount <= 8 else { return nil }
        }
        guard hasGap || headCount == 8 else { return nil }
        let number = headCount == 0 ? tail : head << UInt128(16 * (8 - headCount)) | tail
        let high = UInt64(truncatingIfNeeded: number >> 64)
        let low = UInt64(truncatingIfNeeded: number)
        return AddressText.isIPv6(text, high: high, low: low) ? (high, low) : nil
    }

    @inline(__always)
    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
