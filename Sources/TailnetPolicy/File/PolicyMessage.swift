/// What a reader of a part of the policy file has to complain about, without the place.
struct PolicyMessage: Error, Hashable {
    var text: String
    /// Whether the service says it in these words.
    var isServiceMessage: Bool
    /// What is probably meant, or what to do.
    var hint: String?
    /// The name that is not defined, where that is what is wrong.
    var unknownName: String?

    init(_ text: String, isServiceMessage: Bool = true, hint: String? = nil, unknownName: String? = nil) {
        self.text = text
        self.isServiceMessage = isServiceMessage
        self.hint = hint
        self.unknownName = unknownName
    }

    /// The message with words in front of it.
    func prefixed(_ prefix: String) -> PolicyMessage {
        var message = self
        message.text = prefix + text
        return message
    }
}
