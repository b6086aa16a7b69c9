using static RnnGen.Cells.Tests.PublishedCells;

namespace RnnGen.Cells.Tests;

/// <summary>The package's cells, each with the equations that it is compared with.</summary>
internal static class CellCases
{
    public static IReadOnlyList<CellCase> All { get; } =
    [
        CellCase.Of<MguNetwork>(new MguAttribute(12), Mgu, "h"),
        CellCase.Of<MinGruNetwork>(new MinGruAttribute(12), MinGru, "h"),
        CellCase.Of<MinLstmNetwork>(new MinLstmAttribute(12), MinLstm, "h"),
        CellCase.Of<LiGruNetwork>(new LiGruAttribute(12), LiGru, "h"),
        CellCase.Of<JanetNetwork>(new JanetAttribute(12), Janet(1), "h"),
        CellCase.Of<JanetOptionNetwork>(new JanetAttribute(12) { Beta = 0.5f }, Janet(0.5), "h"),
        CellCase.Of<UgrnnNetwork>(new UgrnnAttribute(12), Ugrnn, "h"),
        CellCase.Of<IndRnnNetwork>(new IndRnnAttribute(12), IndRnn(value => Math.Max(0, value)), "h"),
        CellCase.Of<IndRnnOptionNetwork>(new IndRnnAttribute(12) { Activation = Activation.Tanh }, IndRnn(Math.Tanh), "h"),
        CellCase.Of<SruNetwork>(new SruAttribute(12), Sru, "c"),
        CellCase.Of<SruOptionNetwork>(new SruAttribute(12), Sru, "c"),
        CellCase.Of<QrnnNetwork>(new QrnnAttribute(12), Qrnn, "c"),
        CellCase.Of<FastGrnnNetwork>(new FastGrnnAttribute(12), FastGrnn, "h"),
        CellCase.Of<StarNetwork>(new StarAttribute(12), Star, "h"),
        CellCase.Of<SLstmNetwork>(new SLstmAttribute(12), SLstm(exponential: false), "h", "c", "n"),
        CellCase.Of<SLstmOptionNetwork>(new SLstmAttribute(12) { ExponentialForget = true }, SLstm(exponential: true), "h", "c", "n"),
        CellCase.Of<CfcNetwork>(new CfcAttribute(12, 9), Cfc(-1), "h"),
        CellCase.Of<CfcOptionNetwork>(new CfcAttribute(12, 9) { TimeFeature = 0 }, Cfc(0), "h"),
        CellCase.Of<LtcNetwork>(new LtcAttribute(12), Ltc(-1), "h"),
        CellCase.Of<LtcOptionNetwork>(new LtcAttribute(12) { TimeFeature = 1 }, Ltc(1), "h"),
        CellCase.Of<CtRnnNetwork>(new CtRnnAttribute(12), CtRnn(null), "h"),
        CellCase.Of<CtRnnOptionNetwork>(new CtRnnAttribute(12) { Leak = 0.3f }, CtRnn(0.3f), "h"),
        CellCase.Of<LmuNetwork>(new LmuAttribute(12, 7), Lmu, "h", "m:7"),
        CellCase.Of<LmuOptionNetwork>(new LmuAttribute(12, 7) { Theta = 5 }, Lmu, "h", "m:7"),
        CellCase.Of<NbrcNetwork>(new NbrcAttribute(12), Nbrc, "h"),
    ];
}
