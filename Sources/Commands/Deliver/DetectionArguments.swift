import ByteText
import Detections
import ArgumentParser
import Dataset
import Ingester

/// Which reference detections the embedded ingester runs, on the command line.
struct DetectionArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Reference detections to run: all, own, none, or names separated by commas; list prints their names.",
            valueName: "rules"))
    var detections = "all"

    /// Whether to print the names and do nothing else.
    var wantsList: Bool { detections == "list" }

    /// The chosen detections, in the order of the tables.
    func chosen() throws(RunError) -> [Detection] {
        switch detections {
        case "all": return Detection.reference
        case "own": return Detection.own
        case "none": return []
        default: break
        }
        let names = detections.split(separator: ",").map(String.init)
        for name in names where !Detection.reference.contains(where: { $0.isCalled(name) }) {
            throw RunError(
                .input, "--detections: there is no detection '\(name)'; --detections list prints their names")
        }
        if names.isEmpty { throw RunError(.input, "--detections: write all, own, none, or names separated by commas") }
        return Detection.reference.filter { detection in names.contains { detection.isCalled($0) } }
    }

    /// The rules, one a line.
    var list: String {
        var table = TextTable([.left, .left])
        for detection in Detection.reference { table.add([detection.id, detection.summary]) }
        return table.lines.joined(separator: "\n")
    }
}

extension Detection {
    /// Whether a name is the rule's, with or without its source.
    fileprivate func isCalled(_ name: String) -> Bool { id == name || id.hasSuffix("/\(name)") }
}
