using System.Globalization;
using RnnGen.Benchmarks.Quick;
using RnnGen.Samples.SpokenDigits;
using RnnGen.Training;

namespace RnnGen.Benchmarks.Cells;

/// <summary>Each cell of the package beside LSTM and GRU: parameters, the time of a step, and what it learns of spoken digits.</summary>
internal sealed class CellsTable
{
    private const int Seed = 1;
    private const int Epochs = 20;

    private readonly MarkdownTable _table = new(
        "cell", "parameters 64 → 64", "step 1 → 16, ns", "step 64 → 64, ns", "digits, parameters", "training, s", "test accuracy, %");

    private readonly DataSet _data = DataSet.Prepare();

    public override string ToString() => _table.ToString();

    public void Measure()
    {
        Row<Lstm1To16, Lstm64To64, LstmDigits>("Lstm");
        Row<Gru1To16, Gru64To64, GruDigits>("Gru");
        Row<Mgu1To16, Mgu64To64, MguDigits>("Mgu");
        Row<MinGru1To16, MinGru64To64, MinGruDigits>("MinGru");
        Row<MinLstm1To16, MinLstm64To64, MinLstmDigits>("MinLstm");
        Row<LiGru1To16, LiGru64To64, LiGruDigits>("LiGru");
        Row<Janet1To16, Janet64To64, JanetDigits>("Janet");
        Row<Ugrnn1To16, Ugrnn64To64, UgrnnDigits>("Ugrnn");
        Row<IndRnn1To16, IndRnn64To64, IndRnnDigits>("IndRnn");
        Row<Sru1To16, Sru64To64, SruDigits>("Sru");
        Row<Qrnn1To16, Qrnn64To64, QrnnDigits>("Qrnn");
        Row<FastGrnn1To16, FastGrnn64To64, FastGrnnDigits>("FastGrnn");
        Row<Star1To16, Star64To64, StarDigits>("Star");
        Row<SLstm1To16, SLstm64To64, SLstmDigits>("SLstm");
        Row<Cfc1To16, Cfc64To64, CfcDigits>("Cfc");
        Row<Ltc1To16, Ltc64To64, LtcDigits>("Ltc");
        Row<CtRnn1To16, CtRnn64To64, CtRnnDigits>("CtRnn");
        Row<Lmu1To16, Lmu64To64, LmuDigits>("Lmu");
        Row<Nbrc1To16, Nbrc64To64, NbrcDigits>("Nbrc");
    }

    private void Row<TSmall, TLarge, TDigits>(string name)
        where TSmall : class, INetwork<TSmall>
        where TLarge : class, INetwork<TLarge>
        where TDigits : class, INetwork<TDigits>
    {
        var (seconds, accuracy) = Learn<TDigits>();
        _table.Add(
            name, TLarge.ParameterCount, Number(StepTime.Of<TSmall>(), "F0"), Number(StepTime.Of<TLarge>(), "F0"), TDigits.ParameterCount, Number(seconds, "F1"),
            Number(accuracy, "F1"));
        Console.Error.WriteLine(name);
    }

    private (double Seconds, double Accuracy) Learn<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(Seed);
        using var trainer = new Trainer<TNetwork>(network, new TrainerOptions
        {
            Optimizer = new Adam(3e-3f), Loss = Loss.CrossEntropy, BatchSize = 32, ClipNorm = 1, Seed = Seed,
        });
        var report = trainer.Fit(Set(_data.Training), validation: null, Epochs);
        return (report.Elapsed.TotalSeconds, 100 * trainer.Evaluate(Set(_data.Test)).Accuracy!.Value);
    }

    private static TrainingSet Set(Utterance[] utterances) => TrainingSet.PerSequence(
        [.. utterances.Select(utterance => utterance.Features)], 20, [.. utterances.Select(utterance => utterance.Digit)]);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
