import ArgumentParser
import Scoring

/// A product, by its name.
enum AlertPresetChoice: String, ExpressibleByArgument, CaseIterable {
    case mocktail, datadog, splunk, elastic, panther, sentinel, sigma, hayabusa, alertmanager

    var preset: AlertPreset {
        switch self {
        case .mocktail: .mocktail
        case .datadog: .datadog
        case .splunk: .splunk
        case .elastic: .elastic
        case .panther: .panther
        case .sentinel: .sentinel
        case .sigma: .sigma
        case .hayabusa: .hayabusa
        case .alertmanager: .alertmanager
        }
    }
}
