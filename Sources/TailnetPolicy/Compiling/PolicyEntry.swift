/// Sources and destinations of one rule that have the same services.
struct PolicyEntry: Sendable, BitwiseCopyable {
    var rule: Int32
    var firstService: Int32
    var endService: Int32
    /// Whether the destination is the source's own other devices.
    var isSelf: Bool
}
