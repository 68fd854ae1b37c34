/// What an answer means for one record.
package enum RecordVerdict: Sendable, Hashable {
    /// The receiver took it.
    case acknowledged
    /// The receiver turned it down, and sending it again would not help.
    case refused
    /// The receiver did not take it, and may do so later.
    case again
}
