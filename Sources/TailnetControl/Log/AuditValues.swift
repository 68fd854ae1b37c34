import ByteText
import SimTime

/// Values as audit records have them.
enum AuditValues {
    /// Go's zero time, which stands for "never".
    static let never = "\"0001-01-01T00:00:00Z\""

    /// The expiry of a key; nil for one that never expires.
    static func expiry(_ instant: Instant?) -> String { instant.map(quoted) ?? never }

    static func quoted(_ instant: Instant) -> String { JSONWriter.text(instant) }

    /// A time as Go's `time.String` prints it, which the service puts into records of credentials.
    static func goText(_ instant: Instant) -> String {
        var text = instant.rfc3339
        text.removeLast()
        let parts = text.split(separator: "T", maxSplits: 1)
        return "\(parts[0]) \(parts[1]) +0000 UTC"
    }
}

extension [String] {
    /// The texts as a JSON list.
    package var jsonList: String { JSONWriter.text(self) }
}
