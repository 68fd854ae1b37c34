import Truth
import ByteText
import SimTime

/// Several scores with the conditions under which each came about, to see what recall and precision depend on.
public struct ScoreSeries: Sendable {
    /// One score.
    public struct Run: Sendable {
        /// What the run is called: its file.
        public var name: String
        /// Its conditions, in the order of its file.
        public var conditions: [(name: String, value: String)]
        /// The figures, by their key; what is not defined is absent.
        public var metrics: [String: Double]

        /// Reads what `mocktail score --json` wrote.
        ///
        /// - Throws: What is wrong, in one sentence.
        public init(name: String, result: [UInt8]) throws(ScoreProblem) {
            let document: JSONValue
            do throws(JSONSyntaxError) { document = try JSONValue.parse(result) } catch {
                throw ScoreProblem("line \(error.line), column \(error.column): \(error.message)")
            }
            guard let members = document.object, document["recall"] != nil, document["precision"] != nil else {
                throw ScoreProblem("this is no result of mocktail score --json: it has no recall and precision")
            }
            if let schema = document["schema"], schema.int != Int64(Score.resultSchema) {
                throw ScoreProblem(
                    "'schema' must be \(Score.resultSchema), the only version that this program reads")
            }
            self.name = name
            metrics = [:]
            for member in members {
                if case .number(let text) = member.value.content { metrics[member.key] = Double(text) }
            }
            conditions = (document["conditions"]?.object ?? []).compactMap { member in
                member.value.plainText.map { (member.key, $0) }
            }
        }
    }

    /// A value of a condition and the runs that had it.
    public struct Step: Sendable, Hashable {
        /// The condition's value as it was written.
        public let value: String
        /// How many runs had it.
        public let runs: Int
        /// The mean of the runs in which it is defined.
        public let recall: Double?
        /// The mean of the runs in which it is defined.
        public let precision: Double?
        /// The mean of the runs in which it is defined.
        public let f1: Double?
        /// The mean of the runs in which it is defined, in seconds.
        public let medianTimeToDetect: Double?
    }

    /// A condition and its values in order: numbers, percentages and lengths of time by size, then texts.
    public struct Condition: Sendable, Hashable {
        /// The condition's name.
        public let name: String
        /// Its values.
        public let steps: [Step]
    }

    /// The runs in order of their names.
    public let runs: [Run]
    /// The conditions by name.
    public let conditions: [Condition]

    /// Orders runs.
    public init(_ runs: [Run]) {
        let runs = runs.sorted { $0.name < $1.name }
        self.runs = runs
        let names = Set(runs.flatMap { $0.conditions.map(\.name) }).sorted()
        conditions = names.map { name in
            var runsOf: [String: [Run]] = [:]
            for run in runs {
                if let value = run.conditions.first(where: { $0.name == name })?.value {
                    runsOf[value, default: []].append(run)
                }
            }
            let values = runsOf.keys.sorted { left, right in
                switch (magnitude(of: left), magnitude(of: right)) {
                case (let left?, let right?) where left != right: left < right
                case (_?, nil): true
                case (nil, _?): false
                default: left < right
                }
            }
            return Condition(
                name: name,
                steps: values.map { value in
                    let group = runsOf[value] ?? []
                    func mean(_ key: String) -> Double? {
                        let metrics = group.compactMap { $0.metrics[key] }
                        return metrics.isEmpty ? nil : metrics.reduce(0, +) / Double(metrics.count)
                    }
                    return Step(
                        value: value, runs: group.count, recall: mean("recall"), precision: mean("precision"),
                        f1: mean("f1"), medianTimeToDetect: mean("medianTimeToDetectSeconds"))
                })
        }
    }
}

/// How large a number (`5000`), a percentage (`1%`) or a length of time (`5m`, in seconds) is; nil for another text.
func magnitude(of text: String) -> Double? {
    if let number = DecimalNumber.value(of: text) { return number }
    if text.hasSuffix("%") { return magnitude(of: String(text.dropLast())).map { $0 / 100 } }
    return TimeSpan(parsing: text).map { Double($0.nanoseconds) / 1e9 }
}
