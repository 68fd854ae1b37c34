import ArgumentParser
import FoundationEssentials
import TailnetModel

/// A form of records, on the command line.
enum ChannelChoice: String, ExpressibleByArgument, CaseIterable {
    case object
    case poll
    case stream

    var channel: Channel {
        switch self {
        case .object: .object
        case .poll: .poll
        case .stream: .stream
        }
    }
}
