import ByteText

extension Impairment.Counts {
    /// What was done, as a line for a terminal.
    public var text: String {
        func count(_ records: Int) -> String { DecimalText.grouped(records) }
        return "impaired: \(count(produced)) produced, \(count(dropped)) dropped, \(count(duplicated)) duplicated; "
            + "\(count(delayed)) delayed, \(count(reordered)) out of order"
    }

    /// The same as a JSON object.
    public var json: String {
        "{\"produced\":\(produced),\"dropped\":\(dropped),\"duplicated\":\(duplicated),\"delayed\":\(delayed),"
            + "\"reordered\":\(reordered)}"
    }
}
