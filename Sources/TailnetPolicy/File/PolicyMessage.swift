/// What a reader of a part of the policy file has to complain about, without the place.
struct PolicyMessage: Error, Hashable {
    var text: String
    /// Whether the service says it in these words.
    var isServiceMessage: Bool

    init(_ text: String, isServiceMessage: Bool = true) {
        self.text = text
        self.isServiceMessage = isServiceMessage
    }
}
