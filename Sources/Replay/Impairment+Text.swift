package import ByteText

extension Impairment.Counts {
    /// What was done, as a line for a terminal.
    public var text: String {
        func count(_ records: Int) -> String { DecimalText.grouped(records) }
        return "impaired: \(count(produced)) produced, \(count(dropped)) dropped, \(count(duplicated)) duplicated; "
            + "\(count(delayed)) delayed, \(count(reordered)) out of order"
    }
}

extension Impairment.Counts: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("produced", produced)
            json.member("dropped", dropped)
            json.member("duplicated", duplicated)
            json.member("delayed", delayed)
            json.member("reordered", reordered)
        }
    }
}
