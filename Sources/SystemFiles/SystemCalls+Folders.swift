#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the package asks of the C library about folders and locks.
extension SystemCalls {
    /// The names in a folder, in no order, without `.` and `..`; nil where it cannot be read.
    static func entries(of path: String) -> [String]? {
        guard let folder = unsafe opendir(path) else { return nil }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                unsafe tuple.withMemoryRebound(
                    to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)
                ) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    static func removeFolder(_ path: String) -> Bool { unsafe rmdir(path) == 0 }

    static func isLink(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// Why nothing can be found at a path; nil where something is there, or simply nothing yet.
    static func problem(at path: String) -> SystemError? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 || lastError == .missing ? nil : lastError
    }

    /// Whether only this user can change what is in a folder: it is theirs, and no others may write to it.
    static func isPrivate(_ path: String) -> Bool {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return false }
        return status.st_uid == geteuid() && status.st_mode & (S_IWGRP | S_IWOTH) == 0
    }

    /// Whether files can be made in a folder and removed from it.
    static func isWritable(_ folder: String) -> Bool { unsafe access(folder, W_OK | X_OK) == 0 }

    static func makeLink(_ path: String, to destination: String) -> Bool { unsafe symlink(destination, path) == 0 }

    /// Opens a folder, to lock it.
    static func openFolder(_ path: String) -> CInt { unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }

    /// Locks an open file or folder for this process alone, for as long as it is open.
    ///
    /// - Returns: false where another process has locked it; true too where the disk knows no locks.
    static func lock(_ descriptor: CInt) -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK }

    /// Opens a file to write it anew, locked for this process alone; negative where that cannot be.
    static func openAlone(_ path: String) -> CInt {
        while true {
            let opened = openForWriting(path, .alone)
            if opened < 0 { return opened }
            guard lock(opened) else { return failed(opened, EWOULDBLOCK) }
            // Whoever had it locked may have renamed it since: then what is open has another name now.
            if isSame(path, opened) { return cut(opened, to: 0) ? opened : failed(opened, errno) }
            _ = closeFile(opened)
        }
    }

    /// Closes a file and keeps the error for who asks.
    private static func failed(_ descriptor: CInt, _ error: CInt) -> CInt {
        _ = closeFile(descriptor)
        errno = error
        return -1
    }

    /// Whether a path names what is open.
    static func isSame(_ path: String, _ descriptor: CInt) -> Bool {
        var named = stat()
        var open = stat()
        return unsafe lstat(path, &named) == 0 && fstat(descriptor, &open) == 0
            && named.st_ino == open.st_ino && named.st_dev == open.st_dev
    }

    /// The path without links, `.` and `..`; nil where nothing is there.
    static func resolved(_ path: String) -> String? {
        guard let text = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }
}
