/// What the service answers when a policy file is put to it.
public struct PolicyAnswer: Hashable, Sendable {
    /// The HTTP status: 200, 400, or 500 where the service itself stumbles.
    public var code: Int
    /// The `message` of the answer; nil for 200.
    public var message: String?

    /// Makes an answer.
    public init(code: Int, message: String?) {
        self.code = code
        self.message = message
    }

    /// The answer to a file without fault.
    public static let accepted = PolicyAnswer(code: 200, message: nil)

    /// The words of the service where it fails instead of refusing.
    static let internalError = "internal server error"

    /// The answer to a file with these problems.
    init(_ problems: [PolicyProblem]) {
        guard let first = problems.first(where: { $0.severity == .error }) else {
            self = .accepted
            return
        }
        self.init(code: first.message == PolicyAnswer.internalError ? 500 : 400, message: first.message)
    }
}
