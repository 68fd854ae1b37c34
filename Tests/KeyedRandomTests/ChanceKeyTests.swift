import KeyedRandom
import Testing

@Suite("Keys and their draws")
struct ChanceKeyTests {
    /// A root is SplitMix64's first output for the seed, as its author publishes it.
    @Test(
        "The root of a seed never changes",
        arguments: [
            (0, 0xE220_A839_7B1D_CDAF), (1, 0x910A_2DEC_8902_5CC1), (42, 0xBDD7_3226_2FEB_6E95),
            (UInt64.max, 0xE4D9_7177_1B65_2C20),
        ] as [(UInt64, UInt64)])
    func roots(seed: UInt64, bits: UInt64) {
        #expect(RandomKey(seed: seed).bits == bits)
    }

    @Test("Draws never change: they are part of what a run's fingerprint says")
    func goldenDraws() {
        let root = RandomKey(seed: 42)
        #expect(root.draw() == 0x57E1_FABA_6510_7204)
        #expect(root.draw(0) == 0x57E1_FABA_6510_7204)
        #expect(root.draw(1) == 0xF4AB_D143_FEB2_4055)
        #expect(root.draw(2) == 0x7C81_6738_C129_03B2)
        #expect(root.draw(3) == 0x113E_5DEC_6F8F_D8A8)
        #expect(root.draw(.max) == 0xB29E_D950_786F_5AE3)
        #expect((0..<8).map { root.key("laptop").draw($0, below: 1_000) } == [652, 707, 705, 514, 211, 135, 486, 292])
        #expect((0..<12).map { root.key("laptop").draw($0, below: 6) } == [3, 4, 4, 3, 1, 0, 2, 1, 0, 0, 2, 3])
    }

    @Test("Keys never change either")
    func goldenKeys() {
        let root = RandomKey(seed: 42)
        #expect(root.key("").bits == 0xA53C_AA0B_9147_40B1)
        #expect(root.key("laptop").bits == 0x88C8_4364_ECC5_2946)
        #expect(root.key("\u{E9}").bits == 0xC9E7_4244_D346_5929)
        #expect(root.key(0).bits == 0x6599_B030_5CB7_F49A)
        #expect(root.key(7).bits == 0x75E5_9520_66B4_0E4D)
        #expect(root.key(.max).bits == 0x044C_289D_94A9_C1C8)
        #expect(root.key("laptop").key(1).bits == 0x7395_8C75_9A42_26AB)
    }

    @Test("Keys differ by seed, name, number and the order of names")
    func keysDiffer() {
        let names = ["", "a", "b", "ab", "ba", "laptop-1", "laptop-2", "Laptop-1", "\u{E9}", "e\u{301}"]
        var bits: [UInt64] = []
        for seed in UInt64(0)..<4 {
            let root = RandomKey(seed: seed)
            bits.append(root.bits)
            bits += names.map { root.key($0).bits }
            bits += (UInt64(0)..<200).map { root.key($0).bits }
            bits.append(root.key("a").key("b").bits)
            bits.append(root.key("b").key("a").bits)
            bits.append(root.key("a").key(1).bits)
            bits.append(root.key(1).key("a").bits)
        }
        #expect(Set(bits).count == bits.count)
    }

    @Test("The draws of neighbouring keys and indices have nothing in common")
    func drawsDiffer() {
        let root = RandomKey(seed: 7)
        var draws: [UInt64] = []
        for number in UInt64(0)..<64 { for index in UInt64(0)..<64 { draws.append(root.key(number).draw(index)) } }
        #expect(Set(draws).count == draws.count)
    }

    /// 4,096 coins: 2,048 with a deviation of 32; five deviations either way.
    @Test("Every bit of a draw is even, along indices and along keys")
    func bitsAreEven() {
        let root = RandomKey(seed: 7)
        for bit in UInt64(0)..<64 {
            let byIndex = (UInt64(0)..<4_096).count { root.draw($0) >> bit & 1 == 1 }
            let byKey = (UInt64(0)..<4_096).count { root.key($0).draw() >> bit & 1 == 1 }
            #expect((1_888...2_208).contains(byIndex), "bit \(bit)")
            #expect((1_888...2_208).contains(byKey), "bit \(bit)")
        }
    }

    /// 8,000 draws of a share p deviate by sqrt(8,000 p (1 - p)); four deviations either way.
    @Test(
        "A share in a thousand is met",
        arguments: [(0, 0...0), (1, 1...19), (250, 1_846...2_154), (900, 7_093...7_307), (1_000, 8_000...8_000)])
    func shares(permille: Int, expected: ClosedRange<Int>) {
        let key = RandomKey(seed: 3).key("share")
        let hits = (UInt64(0)..<8_000).count { key.chance($0, permille: permille) }
        #expect(expected.contains(hits), "\(hits)")
    }

    @Test(
        "Even bits are scaled to a bound",
        arguments: [
            (0, 10, 0), (.max, 10, 9), (1 << 63, 10, 5), ((1 << 63) - 1, 10, 4), (.max, 1, 0), (.max, 0, 0),
            (0, .max, 0), (.max, .max, .max - 1), (1 << 32, 1 << 32, 1), ((1 << 32) - 1, 1 << 32, 0),
            (0x1999_9999_9999_9999, 10, 0), (0x1999_9999_9999_999A, 10, 1),
        ] as [(UInt64, UInt64, UInt64)])
    func scaled(bits: UInt64, bound: UInt64, expected: UInt64) {
        #expect(bits.scaled(below: bound) == expected)
    }

    /// 7,000 draws over seven numbers: 1,000 each with a deviation of 29; four deviations either way.
    @Test("Bounded draws reach every number evenly")
    func boundedDrawsAreEven() {
        let key = RandomKey(seed: 5).key("dice")
        var counts = [Int](repeating: 0, count: 7)
        for index in UInt64(0)..<7_000 { counts[Int(key.draw(index, below: 7))] += 1 }
        #expect(counts.allSatisfy { (883...1_117).contains($0) }, "\(counts)")
    }
}
