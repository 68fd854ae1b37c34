import Truth
import TailnetModel

/// The one spelling of the many that an entity has, so that equal entities are equal texts.
///
/// Blanks around it, a port and the last dot of a full name are left out. Addresses take their canonical form, IPv4 in
/// IPv6 that of IPv4; of everything else ASCII letters become small.
enum EntityName {
    /// The canonical spelling of what an alert names.
    static func canonical(_ text: String) -> String {
        let text = text.trimmed
        if let address = address(text) { return address.description }
        return asciiLowercased(withoutDot(withoutPort(text)))
    }

    /// Whether a text is an address, with or without a port.
    static func isAddress(_ text: String) -> Bool { address(text) != nil }

    /// Every spelling under which an alert may name a party: id, FQDN, host name, addresses, login.
    static func names(of party: IncidentParty) -> [String] {
        let host = party.name.prefix { $0 != "." }
        let all = [party.nodeID, party.name, String(host), party.login] + party.addresses
        return all.filter { !$0.isEmpty }.map(canonical)
    }

    /// The address of `1.2.3.4`, `1.2.3.4:55`, `fd7a::1`, `[fd7a::1]` or `[fd7a::1]:55`; nil for anything else.
    private static func address(_ text: String) -> IPAddress? {
        guard let address = anyAddress(text) else { return nil }
        let isMapped = !address.isIPv4 && address.high == 0 && address.low >> 32 == 0xFFFF
        return isMapped ? IPAddress(ipv4: UInt32(truncatingIfNeeded: address.low)) : address
    }

    private static func anyAddress(_ text: String) -> IPAddress? {
        let bytes = text.utf8
        guard let first = bytes.first else { return nil }
        if first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            let port = bytes[bytes.index(after: close)...]
            guard port.isEmpty || isPort(port) else { return nil }
            return IPAddress(text[text.index(after: text.startIndex)..<close])
        }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
            return isDigit(first) ? IPAddress(text) : nil
        }
        if bytes[bytes.index(after: colon)...].contains(UInt8(ascii: ":")) { return IPAddress(text) }
        guard isDigit(first), isPort(bytes[colon...]) else { return nil }
        return IPAddress(text[..<colon])
    }

    /// A name without its port: `web-1:9100` is `web-1`.
    private static func withoutPort(_ text: String) -> Substring {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon != text.startIndex,
            isPort(text.utf8[colon...]), text.utf8.distance(from: colon, to: text.utf8.endIndex) <= 6
        else { return text[...] }
        return text[..<colon]
    }

    /// A full name without the dot at its end.
    private static func withoutDot(_ text: Substring) -> Substring {
        guard text.utf8.last == UInt8(ascii: "."), text.utf8.dropLast().contains(UInt8(ascii: ".")) else { return text }
        return text.dropLast()
    }

    /// Whether the bytes are a colon and a number.
    private static func isPort(_ bytes: Substring.UTF8View) -> Bool {
        bytes.first == UInt8(ascii: ":") && bytes.count > 1 && bytes.dropFirst().allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func asciiLowercased(_ text: Substring) -> String {
        let isCapital = { (byte: UInt8) in (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
        guard text.utf8.contains(where: isCapital) else { return String(text) }
        return String(decoding: text.utf8.map { isCapital($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
