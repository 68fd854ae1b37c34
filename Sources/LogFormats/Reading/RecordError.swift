/// Why bytes are not a record, and where.
public struct RecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Offset of the byte at which it shows, from the beginning of the bytes given.
    public var offset: Int
    /// One sentence without the place.
    public var message: String

    /// Makes an error.
    public init(offset: Int, message: String) {
        self.offset = offset
        self.message = message
    }

    /// The error in the form `byte 17: 'start' is not an RFC 3339 timestamp`.
    public var description: String { "byte \(offset): \(message)" }
}

/// How much a decoder lets pass.
public enum Strictness: Sendable, Hashable, CaseIterable {
    /// Takes whatever can be understood: unknown keys, any order, any spacing.
    case lenient
    /// Takes only what the service itself would have written: the first deviation is an error.
    case strict
}

/// A record, and how its text departs from what the service writes.
public struct InspectedRecord<Record: Sendable>: Sendable {
    public var record: Record
    /// In the order in which they were found; empty for a faithful record.
    public var deviations: [RecordDeviation]
}
