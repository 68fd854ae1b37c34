public import Truth
import Simulation

/// A record that an incident kept out of the log.
public struct MissingRecord: Sendable {
    /// What the incident did; its effect is `suppressed`.
    public var label: FlowLabel
    /// How many of the chunk's records come before its place.
    public var place: Int
    /// The whole record as it would have been, in the log's form, without a newline.
    public var text: [UInt8]

    /// Makes a missing record.
    public init(label: FlowLabel, place: Int, text: [UInt8]) {
        self.label = label
        self.place = place
        self.text = text
    }
}
