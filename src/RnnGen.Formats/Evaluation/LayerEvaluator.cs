namespace RnnGen.Formats;

/// <summary>A layer in double precision, for one sequence at a time.</summary>
/// <param name="layer">The layer.</param>
internal abstract class LayerEvaluator(ModelLayer layer)
{
    protected ModelLayer Layer => layer;

    /// <summary>The evaluator of a layer.</summary>
    public static LayerEvaluator Of(ModelLayer layer, ModelDescription model)
    {
        bool resets = model.MaskedState == MaskedState.Reset;
        return layer.Attribute switch
        {
            RecurrentLayerAttribute => new RecurrentEvaluator(layer, resets),
            DenseAttribute dense => new PerStep(layer, Dense(layer, dense)),
            EmbeddingAttribute => new PerStep(layer, Embedding(layer)),
            ActivationAttribute alone => new PerStep(layer, row => Activations.Apply(alone.Activation, row, alone.ActivationAlpha, alone.ActivationBeta)),
            LayerNormAttribute => new PerStep(layer, LayerNorm(layer)),
            Conv1DAttribute => new ConvolutionEvaluator(layer, resets),
            AddAttribute => new Fold(layer, (one, other) => one + other),
            MultiplyAttribute => new Fold(layer, (one, other) => one * other),
            LastStepAttribute => new Pooling(layer, rows => rows.Last),
            MeanPoolAttribute => new Pooling(layer, rows => Columns(rows, Enumerable.Average)),
            MaxPoolAttribute => new Pooling(layer, rows => Columns(rows, Enumerable.Max)),
            SkipAttribute => new Skip(layer),
            ConcatAttribute => new Through(layer, keepsEnds: false),
            DropoutAttribute => new Through(layer, model.IsSeenThrough(layer)),
            _ => throw new NotSupportedException($"layer \"{layer.Name}\": the evaluator does not know {layer.Attribute.GetType().Name}."),
        };
    }

    /// <summary>The layer's rows.</summary>
    /// <param name="sources">Those of what it reads.</param>
    /// <param name="input">The network's frames.</param>
    public abstract Rows Run(IReadOnlyList<Rows> sources, double[]?[] input);

    /// <summary>A parameter as doubles.</summary>
    public static double[] Values(ModelLayer layer, string parameter) => Array.ConvertAll(layer.Find(parameter)!.Values, value => (double)value);

    private static Func<double[], double[]> Dense(ModelLayer layer, DenseAttribute dense)
    {
        double[] weight = Values(layer, "weight"), bias = dense.Bias ? Values(layer, "bias") : new double[dense.Units];
        return row => Activations.Apply(
            dense.Activation, [.. DoubleAlgebra.Product(weight, row, 0, dense.Units).Zip(bias, (product, offset) => product + offset)], dense.ActivationAlpha, dense.ActivationBeta);
    }

    private static Func<double[], double[]> Embedding(ModelLayer layer)
    {
        double[] weight = Values(layer, "weight");
        return row => weight[(Array.IndexOf(row, 1) * layer.OutputSize)..((Array.IndexOf(row, 1) + 1) * layer.OutputSize)];
    }

    private static Func<double[], double[]> LayerNorm(ModelLayer layer)
    {
        double[] scale = Values(layer, "weight"), offset = Values(layer, "bias");
        return row => [.. DoubleAlgebra.Normalized(row).Select((value, index) => (scale[index] * value) + offset[index])];
    }

    private static double[] Columns(Rows rows, Func<IEnumerable<double>, double> reduce)
    {
        double[][] steps = [.. rows.Steps.OfType<double[]>()];
        return [.. Enumerable.Range(0, steps[0].Length).Select(column => reduce(steps.Select(step => step[column])))];
    }

    /// <summary>Row by row.</summary>
    private sealed class PerStep(ModelLayer layer, Func<double[], double[]> function) : LayerEvaluator(layer)
    {
        public override Rows Run(IReadOnlyList<Rows> sources, double[]?[] input) => Rows.Joined(sources).Map(function);
    }

    /// <summary>One vector of several of one size, value by value.</summary>
    private sealed class Fold(ModelLayer layer, Func<double, double, double> fold) : LayerEvaluator(layer)
    {
        public override Rows Run(IReadOnlyList<Rows> sources, double[]?[] input) =>
            Rows.Of(sources, rows => rows.Aggregate((one, other) => [.. one.Zip(other, fold)]));
    }

    /// <summary>One row of a sequence.</summary>
    private sealed class Pooling(ModelLayer layer, Func<Rows, double[]> pool) : LayerEvaluator(layer)
    {
        public override Rows Run(IReadOnlyList<Rows> sources, double[]?[] input) => new([pool(Rows.Joined(sources))]);
    }

    /// <summary>The network's first inputs added to what it reads.</summary>
    private sealed class Skip(ModelLayer layer) : LayerEvaluator(layer)
    {
        public override Rows Run(IReadOnlyList<Rows> sources, double[]?[] input) =>
            new([.. Rows.Joined(sources).Steps.Zip(input, (row, frame) => row is null ? null : row.Zip(frame!, (value, direct) => value + direct).ToArray())]);
    }

    /// <summary>What it reads, side by side.</summary>
    private sealed class Through(ModelLayer layer, bool keepsEnds) : LayerEvaluator(layer)
    {
        public override Rows Run(IReadOnlyList<Rows> sources, double[]?[] input) => keepsEnds ? Rows.Joined(sources) : new Rows(Rows.Joined(sources).Steps);
    }
}
