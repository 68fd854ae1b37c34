/// Where in a detector's documents the alerts are, and in an alert its time, rule, entities and score.
public struct AlertMapping: Sendable, Hashable {
    /// Where a document may hold a list of alerts; a document with none of these is an alert itself.
    public var lists: [FieldPath] = []
    /// Members that may wrap an alert's fields: the first one that is there is taken in its place.
    public var wrappers: [String] = []
    /// A member that holds a list of matches, each of which is an alert of its own.
    public var matches: String?
    /// The first of these that is a time.
    public var time: [FieldPath]
    /// The first of these that is not empty.
    public var rule: [FieldPath]
    /// All texts and numbers at any of these.
    public var entities: [FieldPath]
    /// The first of these that is a number.
    public var score: [FieldPath]
    /// Whether an alert without entities is a mistake.
    public var requiresEntities = false
    /// Whether a name may be a tag (`host:web-1`), and then counts without its key too.
    public var takesTags = false
    /// What tells a repeated alert: those with equal values at all of these are taken once.
    public var identity: [FieldPath] = []
    /// Alerts with this text at this place are no alerts, but say that one is over.
    public var end: EndMark?

    /// A place and the text there that marks the end of an alert.
    public struct EndMark: Sendable, Hashable {
        /// Where the mark is.
        public var path: FieldPath
        /// What it is.
        public var text: String
    }

    /// Makes a mapping of documents that are alerts.
    public init(time: [FieldPath], rule: [FieldPath], entities: [FieldPath], score: [FieldPath] = []) {
        self.time = time
        self.rule = rule
        self.entities = entities
        self.score = score
    }

    init(time: [String], rule: [String], entities: [String], score: [String] = []) {
        self.init(
            time: time.map(FieldPath.init(literal:)), rule: rule.map(FieldPath.init(literal:)),
            entities: entities.map(FieldPath.init(literal:)), score: score.map(FieldPath.init(literal:)))
    }
}
