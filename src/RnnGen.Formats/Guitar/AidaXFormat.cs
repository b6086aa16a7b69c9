using System.Globalization;

namespace RnnGen.Formats.Guitar;

/// <summary>
/// The JSON of AIDA-X: RTNeural's, with gains in dB of input and output, whether the input is added to the output (<c>in_skip</c>), and an input and output that
/// its training recorded.
/// </summary>
internal sealed class AidaXFormat : ModelFormat
{
    // What AIDA-X's own test of a model allows.
    private const double Tolerance = 1e-5;

    private static readonly string[] Own = ["in_skip", "in_gain", "out_gain", "input_batch", "output_batch"];

    /// <inheritdoc/>
    public override string Name => "AIDA-X JSON";

    internal override bool Recognizes(ModelFile file) =>
        JsonFile.RootMembers(file) is var members && members.Contains("in_shape") && members.Intersect(Own).Any();

    internal override ModelDescription Read(ModelFile file, ImportOptions options)
    {
        RefusePart(options);
        JsonValue root = JsonFile.Parse(file);
        root.AllowOnly([.. RtNeuralFormat.Members, .. Own]);
        var builder = new ModelBuilder("AIDA-X JSON", RtNeuralFormat.InputSize(root), options: options);
        float gainIn = Gain(root.Find("in_gain")), gainOut = Gain(root.Find("out_gain"));
        bool skips = (root.Find("in_skip")?.Integer(0, 1) ?? 0) == 1;
        var budget = new ExpansionBudget();

        // The gain is the sample's, the first input; others are positions of knobs.
        if (gainIn != 1)
            builder.Add(new DenseAttribute(builder.InputSize) { Bias = false }, "in_gain", ("weight", First(budget, builder.InputSize, gainIn)));
        new RtNeuralSequence(builder, budget).Read(root);
        if (builder.Size != 1)
            throw new UnsupportedLayerException("layers", "AIDA-X", $"the last one has {builder.Size} outputs, expected 1, a sample");
        AddOutput(builder, budget, skips, gainIn, gainOut);
        Record(root, builder, gainIn, gainOut);
        return builder.Build();
    }

    /// <summary><c>gain_out (y + gain_in x)</c>, or without the sample x.</summary>
    private static void AddOutput(ModelBuilder builder, ExpansionBudget budget, bool skips, float gainIn, float gainOut)
    {
        if (!skips && gainOut != 1)
            builder.Add(new DenseAttribute(1) { Bias = false }, "out_gain", ("weight", [gainOut]));
        else if (skips && gainIn == 1 && gainOut == 1)
            builder.Add(new SkipAttribute(), "in_skip");
        else if (skips)
        {
            float[] weight = budget.Take("in_skip", "in_skip", 1 + builder.InputSize);
            (weight[0], weight[1]) = (gainOut, gainOut * gainIn);
            builder.Add(new DenseAttribute(1) { From = [builder.Layers[^1].Name, ModelBuilder.Input], Bias = false }, "in_skip, in_gain and out_gain", ("weight", weight));
        }
    }

    /// <summary>The file's own input and output. They are without gains, and with all knobs at 0.</summary>
    private static void Record(JsonValue root, ModelBuilder builder, float gainIn, float gainOut)
    {
        if (root.Find("input_batch") is null && root.Find("output_batch") is null)
            return;
        float[] input = root.Get("input_batch").Tensor(1).Values, output = root.Get("output_batch").Singles(input.Length);
        float[] frames = new float[(long)input.Length * builder.InputSize];
        for (int step = 0; step < input.Length; step++)
            frames[step * builder.InputSize] = input[step] / gainIn;
        builder.Record(new Recording("the file's own input_batch", frames, [.. output.Select(value => value * gainOut)], Tolerance: Tolerance * Math.Max(1, gainOut)));
    }

    private static float[] First(ExpansionBudget budget, int size, float gain)
    {
        float[] matrix = budget.Take("in_gain", "in_gain", size, size);
        for (int index = 0; index < size; index++)
            matrix[(index * size) + index] = index == 0 ? gain : 1;
        return matrix;
    }

    private static float Gain(JsonValue? decibels)
    {
        if (decibels is null)
            return 1;
        double value = decibels.Number();
        return value is > -90 and < 90
            ? (float)Math.Pow(10, value / 20)
            : throw decibels.Wrong(string.Create(CultureInfo.InvariantCulture, $"expected a gain above −90 and below 90 dB, got {value}"));
    }
}
