/// The encodings of a record that a receiver can ask for.
public enum RecordForm: Sendable, Hashable {
    /// The record itself.
    case records
    /// The record inside the envelope of a log stream.
    case envelopes
}
