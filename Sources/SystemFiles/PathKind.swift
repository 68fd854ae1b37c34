/// What is at a path.
package enum PathKind: Sendable, Hashable {
    case file
    case folder
    /// A pipe, a device, a socket; where links are not followed, also a link.
    case other

    /// What is at a path, links followed; nil where nothing is.
    package static func at(_ path: String) -> PathKind? { SystemCalls.kind(of: path, followsLink: true) }

    /// Whether a path is a folder, or a link to one.
    package static func isFolder(_ path: String) -> Bool { at(path) == .folder }

    /// Whether anything is at a path, a link that leads nowhere included.
    package static func isThere(_ path: String) -> Bool { SystemCalls.kind(of: path, followsLink: false) != nil }

    /// Whether a path is a symbolic link, wherever it leads.
    package static func isLink(_ path: String) -> Bool { SystemCalls.isLink(path) }

    /// Whether a path is something that can be read: a file, a pipe, a device.
    package static func isReadable(_ path: String) -> Bool {
        switch at(path) {
        case .file, .other: true
        case .folder, nil: false
        }
    }
}
