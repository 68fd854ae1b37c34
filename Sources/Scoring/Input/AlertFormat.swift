import ByteText

/// The form of a file of alerts.
public enum AlertFormat: String, Sendable, Hashable, CaseIterable {
    /// One JSON object or list a line.
    case ndjson
    /// JSON documents, each on one line or on many.
    case json
    /// Values separated by commas, semicolons, tabs or bars, with a line of names.
    case csv

    /// The form that a text has by its beginning.
    ///
    /// A list, or an object that is not complete on its first line, is a document; another object is a line; anything
    /// else is a table.
    public static func detected(in bytes: [UInt8]) -> AlertFormat {
        let start = bytes.firstIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } ?? 0
        guard start < bytes.count else { return .ndjson }
        if bytes[start] != UInt8(ascii: "{"), bytes[start] != UInt8(ascii: "[") { return .csv }
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        if (try? JSONValue.parse(Array(bytes[start..<end]))) != nil { return .ndjson }
        // A broken first line is no reason to take many lines for one document.
        let isOneDocument = (try? JSONValue.parse(bytes)) != nil
        let second = bytes[min(end + 1, bytes.count)...].first
        return isOneDocument || bytes[start] == UInt8(ascii: "[") || second != UInt8(ascii: "{") ? .json : .ndjson
    }
}
