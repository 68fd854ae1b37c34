import KeyedRandom
import Testing

@Suite("Counts of arrivals")
struct PoissonTests {
    /// The draws that belong to a count, less one part in 30,000 at either end; computed with 80 decimal digits.
    private static let steps: [(mean: UInt64, first: UInt64, last: UInt64, count: Int)] = [
        (655, 0x0001_F751_04D5_51D6, 0xFD72_4BD6_9D43_BD02, 0),
        (655, 0xFD76_3A78_A6EE_60AF, 0xFFFA_C84E_6FAB_7B1F, 1),
        (32_768, 0x0001_F751_04D5_51D6, 0x9B43_A092_77DA_FE1D, 0),
        (32_768, 0x9B47_8F34_8185_A1CA, 0xE8E6_6C84_3633_2617, 1),
        (32_768, 0xE8EA_5B26_3FDD_C9C4, 0xFC4F_1F80_A5C9_3015, 2),
        (32_768, 0xFC53_0E22_AF73_D3C2, 0xFF8B_3D55_630C_DC6A, 3),
        (32_768, 0xFF8F_2BF7_6CB7_8017, 0xFFF2_C10F_FAB5_51F5, 4),
        (327_680, 0x0001_F751_04D5_51D6, 0x01B7_9CAC_FBFF_E58B, 0),
        (327_680, 0x01BB_8B4F_05AA_8938, 0x0A57_80A3_0029_FA74, 1),
        (327_680, 0x0A5B_6F45_09D4_9E21, 0x1FE7_3A8A_0A93_2EBA, 2),
        (327_680, 0x1FEB_292C_143D_D267, 0x43D6_C5B5_C697_DB2E, 3),
        (327_680, 0x43DA_B457_D042_7EDC, 0x70C2_33AC_719D_B2C0, 4),
        (327_680, 0x70C6_224E_7B48_566E, 0x9DAD_A1A3_1CA3_8A52, 5),
        (327_680, 0x9DB1_9045_264E_2E00, 0xC31C_7D46_007D_BDF7, 6),
        (327_680, 0xEE93_61B2_D2A1_1470, 0xF7D8_267D_C179_41A2, 9),
        (327_680, 0xFF7D_A89B_4DB6_35D8, 0xFFD0_4A5A_D907_FB32, 13),
        (1_048_576, 0x005C_A760_71E7_016E, 0x0104_92F5_C2DE_A0D7, 6),
        (1_048_576, 0x05A2_EC37_F0E1_EBF6, 0x0B13_A1E1_EC5D_FBC6, 9),
        (1_048_576, 0x3172_6126_0ABB_9CD5, 0x4644_61BF_6589_90ED, 13),
        (1_048_576, 0x5E18_3D37_98E2_98E9, 0x777A_A08B_1103_0AE5, 15),
        (1_048_576, 0x777E_8F2D_1AAD_AE92, 0x90E0_F280_92CE_208F, 16),
        (1_048_576, 0x90E4_E122_9C78_C43C, 0xA8C8_C72B_6751_07C5, 17),
        (1_048_576, 0xCFF1_7C52_7321_5BEF, 0xDE3E_4B51_B1ED_D43B, 20),
        (1_048_576, 0xFA4B_7FB8_E448_4E10, 0xFCA2_4BB8_688F_077F, 25),
        (1_048_576, 0xFF72_8933_A89E_02E7, 0xFFB3_E65F_EAB0_2B9D, 29),
    ]

    @Test("A draw names the count whose share of the distribution it lies in", arguments: steps)
    func inverse(mean: UInt64, first: UInt64, last: UInt64, count: Int) {
        #expect(Poisson.count(mean: mean, draw: first) == count)
        #expect(Poisson.count(mean: mean, draw: first + (last - first) / 2) == count)
        #expect(Poisson.count(mean: mean, draw: last) == count)
    }

    /// Over n keyed draws, mean and variance of the counts are both the mean m of the distribution, with deviations
    /// sqrt(m / n) and sqrt((m + 2 m^2) / n); three of them either way.
    @Test(
        "Counts have the mean and the variance of the distribution",
        arguments: [655, 32_768, 5 << 16, 16 << 16, 40 << 16])
    func moments(mean: Int) {
        let draws = 20_000
        let key = RandomKey(seed: 11).key("arrivals")
        var sum = 0
        var squares = 0
        for index in 0..<UInt64(draws) {
            let count = Poisson.count(mean: UInt64(mean), draw: key.draw(index))
            sum += count
            squares += count * count
        }
        // All in units of 1 / 65,536.
        let meanError = abs((sum << 16) / draws - mean)
        #expect(meanError * meanError <= 9 * (mean << 16) / draws)
        let variance = ((squares - sum * sum / draws) << 16) / draws
        let varianceError = abs(variance - mean)
        #expect(varianceError * varianceError <= 9 * ((mean << 16) + 2 * mean * mean) / draws)
    }

    @Test("Without a mean nothing arrives", arguments: [0, 1 << 63, UInt64.max])
    func zero(draw: UInt64) {
        #expect(Poisson.count(mean: 0, draw: draw) == 0)
    }

    @Test("A larger draw never names a smaller count, and the largest still names a likely one")
    func monotone() {
        for mean in [1, 655, 65_536, 327_680, 1_048_576] as [UInt64] {
            var last = 0
            for step in UInt64(0)..<256 {
                let count = Poisson.count(mean: mean, draw: step << 56)
                #expect(count >= last)
                last = count
            }
            let largest = Poisson.count(mean: mean, draw: .max)
            #expect(largest >= last)
            #expect(largest <= 2 * Int(mean >> 16) + 30)
        }
    }

    @Test("Counts never change")
    func golden() {
        let key = RandomKey(seed: 42).key("arrivals")
        func counts(_ mean: UInt64) -> [Int] { (0..<12).map { Poisson.count(mean: mean, draw: key.draw($0)) } }
        #expect(counts(32_768) == [0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0])
        #expect(counts(5 << 16) == [5, 5, 3, 8, 6, 3, 5, 3, 1, 3, 5, 5])
        #expect(counts(16 << 16) == [16, 17, 13, 21, 17, 12, 15, 12, 9, 12, 17, 16])
        #expect(counts(40 << 16) == [39, 37, 47, 36, 28, 37, 44, 34, 40, 41, 31, 53])
    }
}
