#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes all bytes to a descriptor; gives the error's number where that fails.
public func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var code: Int32?
    bytes.withUnsafeBytes { raw in
        var rest = raw[...]
        while !rest.isEmpty {
            let written = write(descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                code = errno
                return
            }
            rest = rest.dropFirst(written)
        }
    }
    return code
}

/// Lets a pipe hold 1 MiB instead of 64 KiB where the system can: whoever reads it then empties it while the next piece is
/// made, and neither waits for the other at every turn.
///
/// Anything else than a pipe stays as it is, and so does a pipe that may not grow.
public func widenPipe(_ descriptor: Int32) {
    #if os(Linux)
    // F_SETPIPE_SZ, which the C library only shows to who asks for all of its extensions.
    _ = fcntl(descriptor, 1_031, 1 << 20)
    #endif
}

extension Slice<UnsafeRawBufferPointer> {
    fileprivate var baseAddress: UnsafeRawPointer? { UnsafeRawBufferPointer(rebasing: self).baseAddress }
}
