/// Why the control plane does not make a change.
///
/// One sentence for people, and what a program needs: an API answers with the code, a scenario's reader points at the
/// value that is wrong.
public struct Refusal: Error, Sendable, Hashable {
    /// The kind of reason, as APIs tell them apart.
    public enum Code: Sendable, Hashable {
        /// The actor may not do it.
        case forbidden
        /// What is to be changed is not there.
        case notFound
        /// The tailnet is not in a state in which that can happen.
        case conflict
    }

    /// The value of the change that is wrong.
    public enum Field: Sendable, Hashable {
        case actor
        /// The new name of a node or of the tailnet.
        case newName
        case role
        case keyDays
        case policy
        /// The name of a key.
        case name
        case attribute
    }

    public var code: Code
    /// The value that is wrong; nil where the whole change is.
    public var field: Field?
    /// A name that does not exist, and those that do.
    public var unknown: UnknownName?

    /// A name that does not exist.
    public struct UnknownName: Sendable, Hashable {
        public var name: String
        /// In order.
        public var known: [String]
    }

    private let fact: String
    private let consequence: String
    private let isOfThatTime: Bool

    /// Makes a refusal.
    ///
    /// - Parameters:
    ///   - field: The value that is wrong; nil where the whole change is.
    ///   - fact: What is so at the time of the change.
    ///   - consequence: What follows from it.
    ///   - isOfThatTime: Whether it may be otherwise at another time.
    init(
        _ code: Code, at field: Field? = nil, _ fact: String, _ consequence: String = "", isOfThatTime: Bool = true,
        unknown: UnknownName? = nil
    ) {
        self.code = code
        self.field = field
        self.fact = fact
        self.consequence = consequence
        self.isOfThatTime = isOfThatTime
        self.unknown = unknown
    }

    /// The reason in one sentence, for who makes the change now.
    public var text: String { fact + consequence }

    /// The reason in one sentence, for who reads of a change at another time.
    public var textOfThatTime: String { fact + (isOfThatTime ? " by then" : "") + consequence }
}
