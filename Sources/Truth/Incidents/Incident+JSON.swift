package import ByteText
import SimTime

/// As `truth/incidents.ndjson` has it: every key is written, whatever is empty.
extension Incident: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("schema", IncidentText.schema)
            json.member("id", id)
            json.member("kind", kind)
            json.member("variant", variant.rawValue)
            json.member("attack", attack)
            json.member("start", start)
            json.member("end", end)
            json.member("firstRecord", firstRecord)
            json.member("lastRecord", lastRecord)
            json.objects("actors", actors) { $1.putMembers(into: &$0) }
            json.objects("targets", targets) { $1.putMembers(into: &$0) }
            json.objects("stages", stages) { $1.putMembers(into: &$0) }
            json.member("expectedRules", expectedRules)
        }
    }
}

extension IncidentParty {
    fileprivate func putMembers(into json: inout JSONWriter) {
        json.member("nodeId", nodeID)
        json.member("name", name)
        json.member("addresses", addresses)
        json.member("login", login)
    }
}

extension IncidentStage {
    fileprivate func putMembers(into json: inout JSONWriter) {
        json.member("name", name)
        json.member("start", start)
        json.member("end", end)
        json.member("attack", attack)
    }
}
