import ByteText
public import SimTime

/// Finds when the ingester had the first record of each incident: the `logged` of the first labelled one.
///
/// A label of an earlier record stands before that of a later one in the same log. It says where its record is; the label
/// of a suppressed record holds the record itself.
public struct FirstRecords: Sendable {
    /// A record that says when it was logged.
    public struct Place: Sendable, Hashable {
        /// The file's name in the generated folder.
        public let file: String
        /// The line, counted from 1.
        public let line: Int
        /// The incidents whose first record of that log it is.
        public fileprivate(set) var incidents: [String]
    }

    /// The records to look up, by file and line.
    public private(set) var places: [Place] = []
    /// The times known so far, by the incident's id.
    public private(set) var loggedOf: [String: Instant] = [:]

    /// Reads `truth/labels.ndjson`.
    ///
    /// - Throws: Everything that is wrong, with the numbers of the lines.
    public init(labels: [UInt8]) throws(NDJSONProblems) {
        var found: [String: Set<String>] = [:]
        var known: [String: Instant] = [:]
        let places: [Place?] = try NDJSONReader.decode(labels) { fields throws(FieldProblem) in
            let log = try fields.string("log")
            let incidents = try fields.strings("incidents").filter { found[log, default: []].insert($0).inserted }
            if incidents.isEmpty { return nil }
            if let logged = FirstRecords.logged(fields.value) ?? fields.value["record"].flatMap(FirstRecords.logged) {
                for incident in incidents { known[incident] = min(logged, known[incident] ?? logged) }
                return nil
            }
            guard let file = fields.value["file"]?.string, let line = fields.value["line"]?.int, line > 0 else {
                return nil
            }
            return Place(file: file, line: Int(line), incidents: incidents)
        }
        self.places = places.compactMap(\.self).sorted { ($0.file, $0.line) < ($1.file, $1.line) }
        loggedOf = known
    }

    /// Takes the lines of a file that `places` asks for; a line without `logged` (other channels) tells nothing.
    ///
    /// - Parameters:
    ///   - file: the file's name in the generated folder.
    ///   - nextLine: gives its lines one after another, nil at the end; it is not asked for more than are needed.
    package mutating func read(_ file: String, nextLine: () throws -> [UInt8]?) rethrows {
        var number = 0
        var line: [UInt8] = []
        for place in places where place.file == file {
            while number < place.line {
                guard let next = try nextLine() else { return }
                line = next
                number += 1
            }
            guard let record = try? JSONValue.parse(line), let logged = FirstRecords.logged(record) else { continue }
            for incident in place.incidents { loggedOf[incident] = min(logged, loggedOf[incident] ?? logged) }
        }
    }

    private static func logged(_ record: JSONValue) -> Instant? {
        record["logged"]?.string.flatMap { Instant(rfc3339: $0) }
    }
}
