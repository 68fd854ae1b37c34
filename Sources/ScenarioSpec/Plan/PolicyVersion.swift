public import SimTime

/// The policy file from one instant on.
public struct PolicyVersion: Sendable, Hashable {
    /// When it comes into force; the scenario's first policy has `nil`.
    public var since: Instant?
    /// The file's name, for messages.
    public var file: String
    /// The whole HuJSON text.
    public var text: String
    /// Index of the plan's incident that makes it; nil where none does.
    ///
    /// An incident that edits the policy and takes that back makes two versions.
    public var incident: Int?

    /// Makes a version.
    public init(since: Instant?, file: String, text: String, incident: Int? = nil) {
        self.since = since
        self.file = file
        self.text = text
        self.incident = incident
    }
}
