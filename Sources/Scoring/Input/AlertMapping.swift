/// Where in a detector's documents the alerts are, and in an alert its time, rule, entities and score.
public struct AlertMapping: Sendable, Hashable {
    /// Where a document may hold a list of alerts; a document with none of these is an alert itself.
    public var lists: [FieldPath] = []
    /// Whether a document with none of the lists is a mistake.
    public var requiresList = false
    /// Members that may wrap an alert's fields, each perhaps the next; their fields come before the others.
    public var wrappers: [String] = []
    /// A member that holds a list of matches, each of which is an alert of its own.
    public var matches: String?
    /// A member with an event as text, as JSON or as `key="value"`, whose fields come after the others.
    public var eventText: String?
    /// Members of documents that need not hold an alert: of messages about a search, and of its end.
    public var envelopes: [String] = []
    /// The first of these that is a time.
    public var time: [FieldPath]
    /// How the detector writes times, if not in a usual form.
    public var timeFormats: [TimeFormat] = []
    /// The first of these that is not empty.
    public var rule: [FieldPath]
    /// Whether a rule of 32 hexadecimal digits, which is the id of an alert, counts only where there is no other.
    public var avoidsAlertIDs = false
    /// All texts and numbers at any of these.
    public var entities: [FieldPath]
    /// Texts and numbers that count where there are no others: of the machine that reports the alert, for instance.
    public var lastEntities: [FieldPath] = []
    /// Names in two parts.
    public var joins: [Join] = []
    /// The first of these that is a number.
    public var score: [FieldPath]
    /// Whether an alert without entities is a mistake.
    public var requiresEntities = false
    /// Whether a name may be a tag (`host:web-1`), and then counts without its key too.
    public var takesTags = false
    /// What tells a repeated alert: those with equal values at all of these are taken once.
    public var identity: [FieldPath] = []
    /// Whether problems name the options of `mocktail score` that would help.
    public var namesOptions = false
    /// Alerts with this text at this place are no alerts, but say that one is over.
    public var end: Mark?
    /// Alerts with this text at this place are not final, and may come again.
    public var provisional: Mark?

    /// A place and the text there, or `true`, that marks an alert.
    public struct Mark: Sendable, Hashable {
        /// Where the mark is.
        public var path: FieldPath
        /// What it is.
        public var text: String

        init(_ path: String, _ text: String) {
            self.path = FieldPath(literal: path)
            self.text = text
        }
    }

    /// Two members of one object that are one name: `ana` and `example.com` with `@` between them.
    public struct Join: Sendable, Hashable {
        var first: String
        var separator: String
        var second: String
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
