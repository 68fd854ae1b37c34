import ByteText
import SystemFiles
import TailnetModel

/// Reads what the nodes and people of a generated folder are called.
enum TailnetNames {
    /// The files that names are read from, relative to the folder.
    static let files = ["tailnet/devices.json", "tailnet/users.json", "configuration.ndjson"]

    /// The ids, names, addresses and logins in the inventory and in the configuration log; nil without an inventory.
    ///
    /// The inventory is that of the range's start. Of nodes that join later the log has the id and the name.
    ///
    /// - Parameter isOwn: whether one of `files` belongs to the folder.
    static func read(at root: String, isOwn: (String) -> Bool) -> Set<String>? {
        var names: Set<String> = []
        let own = files.map { isOwn($0) ? "\(root)/\($0)" : nil }
        let isThere = add(
            "devices", ["id", "nodeId", "name", "hostname", "addresses", "user"], of: own[0], &names)
        add("users", ["id", "loginName"], of: own[1], &names)
        guard isThere else { return nil }
        // A log that is packed or not there tells nothing.
        guard let log = own[2], let reader = try? LineReader(log, isRegular: true) else { return names }
        while let line = try? reader.next() {
            guard let record = try? JSONValue.parse(line) else { continue }
            for (side, keys) in [("actor", ["id", "loginName"]), ("target", ["id", "name"])] {
                for key in keys { insert(record[side]?[key]?.string, &names) }
            }
        }
        return names
    }

    @discardableResult
    private static func add(_ list: String, _ keys: [String], of path: String?, _ names: inout Set<String>) -> Bool {
        guard let path, let bytes = try? InputFile.bytes(of: path, isRegular: true),
            let file = try? JSONValue.parse(bytes), let objects = file[list]?.array
        else { return false }
        for object in objects {
            for key in keys {
                insert(object[key]?.string, &names)
                for text in object[key]?.array ?? [] { insert(text.string, &names) }
            }
        }
        return true
    }

    /// Adds a name, and of a full name the host's.
    private static func insert(_ name: String?, _ names: inout Set<String>) {
        guard let name, !name.isEmpty else { return }
        names.insert(name)
        if !name.contains("@"), IPAddress(name) == nil { names.insert(String(name.prefix { $0 != "." })) }
    }
}
