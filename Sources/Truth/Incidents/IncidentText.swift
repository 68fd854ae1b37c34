import ByteText
import TailnetModel

/// Writes and reads `truth/incidents.ndjson`, one JSON object a line.
public enum IncidentText {
    /// The version of the shape.
    public static let schema = 1

    /// The line of an incident, without the newline; every key is written, whatever is empty.
    public static func encode(_ incident: Incident) -> String { JSONWriter.text(incident) }

    /// Reads incidents; blank lines and unknown fields are ignored.
    ///
    /// Throws all that is wrong at once, with the numbers of the lines. An id that stands twice is wrong.
    public static func decode(_ bytes: [UInt8]) throws(NDJSONProblems) -> [Incident] {
        var ids: Set<String> = []
        return try NDJSONReader.decode(bytes) { fields throws(FieldProblem) in
            let incident = try incident(fields)
            guard ids.insert(incident.id).inserted else {
                throw FieldProblem("'id' must be unique, but '\(incident.id.printable)' stands on an earlier line")
            }
            return incident
        }
    }

    private static func incident(_ fields: FieldReader) throws(FieldProblem) -> Incident {
        guard try fields.required("schema").int == Int64(schema) else {
            throw FieldProblem("'schema' must be \(schema), the only version that this program reads")
        }
        let variantName = try fields.string("variant")
        guard let variant = IncidentVariant(rawValue: variantName) else {
            let names = IncidentVariant.allCases.map(\.rawValue).joined(separator: ", ")
            throw FieldProblem("'variant' must be one of \(names), not '\(variantName.printable)'")
        }
        let incident = Incident(
            id: try fields.string("id"), kind: try fields.string("kind"), variant: variant,
            attack: try fields.strings("attack"), start: try fields.instant("start"), end: try fields.instant("end"),
            firstRecord: try fields.instant("firstRecord"), lastRecord: try fields.instant("lastRecord"),
            actors: try fields.objects("actors", party), targets: try fields.objects("targets", party),
            stages: try fields.objects("stages", stage), expectedRules: try fields.strings("expectedRules"))
        guard incident.firstRecord <= incident.lastRecord else {
            throw FieldProblem("'firstRecord' must not be later than 'lastRecord'")
        }
        return incident
    }

    private static func party(_ fields: FieldReader) throws(FieldProblem) -> IncidentParty {
        IncidentParty(
            nodeID: try fields.string("nodeId"), name: try fields.string("name"),
            addresses: try fields.strings("addresses"), login: try fields.string("login"))
    }

    private static func stage(_ fields: FieldReader) throws(FieldProblem) -> IncidentStage {
        IncidentStage(
            name: try fields.string("name"), start: try fields.instant("start"), end: try fields.instant("end"),
            attack: try fields.strings("attack"))
    }
}
