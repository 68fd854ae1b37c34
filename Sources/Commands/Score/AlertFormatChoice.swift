import ArgumentParser
import Scoring

/// A form of alerts, by its name.
enum AlertFormatChoice: String, ExpressibleByArgument, CaseIterable {
    case ndjson, json, csv

    var format: AlertFormat {
        switch self {
        case .ndjson: .ndjson
        case .json: .json
        case .csv: .csv
        }
    }
}
