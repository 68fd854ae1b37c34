import ByteText
import SimTime

/// Writes and reads alerts, one JSON object a line, with the keys `time`, `rule`, `entities` and, optional, `score`.
public enum AlertText {
    /// The line of an alert, without the newline.
    ///
    /// A score that JSON cannot write (not a number, infinite) is left out.
    public static func encode(_ alert: Alert) -> String {
        JSONWriter.object { json in
            json.member("time", alert.time)
            json.member("rule", alert.rule)
            json.member("entities", alert.entities)
            if let score = alert.score.flatMap({ JSONNumber("\($0)") }) { json.member("score", score) }
        }
    }

    /// Reads alerts; blank lines and unknown fields are ignored.
    ///
    /// Throws all that is wrong at once, with the numbers of the lines.
    public static func decode(_ bytes: [UInt8]) throws(NDJSONProblems) -> [Alert] {
        try NDJSONReader.decode(bytes) { fields throws(FieldProblem) in
            var score: Double?
            if let value = fields.value["score"], !value.isNull {
                guard case .number(let text) = value.content, let number = Double(text), number.isFinite else {
                    throw FieldProblem("'score' must be a number")
                }
                score = number
            }
            return Alert(
                time: try fields.instant("time"), rule: try fields.string("rule"),
                entities: try fields.strings("entities"), score: score)
        }
    }
}
