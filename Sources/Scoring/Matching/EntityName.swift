import Truth
import TailnetModel

/// The one spelling of the many that an entity has, so that equal entities are equal texts.
///
/// Addresses lose their port and take their canonical form; of everything else ASCII letters become small.
enum EntityName {
    /// The canonical spelling of what an alert names.
    static func canonical(_ text: String) -> String {
        if let address = address(text) { return address.description }
        return asciiLowercased(text)
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

    /// Whether the bytes are a colon and a number.
    private static func isPort(_ bytes: Substring.UTF8View) -> Bool {
        bytes.first == UInt8(ascii: ":") && bytes.count > 1 && bytes.dropFirst().allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func asciiLowercased(_ text: String) -> String {
        let isCapital = { (byte: UInt8) in (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
        guard text.utf8.contains(where: isCapital) else { return text }
        return String(decoding: text.utf8.map { isCapital($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
