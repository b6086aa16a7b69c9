namespace RnnGen.Formats;

/// <summary>
/// Computes a <see cref="ModelDescription"/> in double precision with plain loops. It shares nothing with the generator: an import is right when both agree.
/// </summary>
public sealed class ModelEvaluator
{
    private readonly ModelDescription _model;
    private readonly IReadOnlyList<LayerEvaluator> _layers;

    /// <summary>An evaluator of a network.</summary>
    public ModelEvaluator(ModelDescription model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _layers = [.. model.Layers.Select(layer => LayerEvaluator.Of(layer, model))];
    }

    /// <summary>The outputs of a sequence, from a zero (or learned) state.</summary>
    /// <param name="input">Frames one after the other, <c>[steps × features]</c>; of a network of classes, a class per step.</param>
    /// <param name="mask">A value per step: whether it is part of the sequence. Null where all are.</param>
    /// <returns><c>[steps × outputs]</c>, zero at masked steps; or <c>[outputs]</c> of a network that gives one per sequence.</returns>
    /// <exception cref="ArgumentException">Input or mask have another size, every step is masked, or a class does not exist.</exception>
    public double[] Run(ReadOnlySpan<float> input, ReadOnlySpan<bool> mask = default)
    {
        double[]?[] frames = Frames(input, mask);
        List<Rows> rows = [new Rows(frames)]; // before the layers: the network's input
        for (int index = 0; index < _layers.Count; index++)
            rows.Add(_layers[index].Run([.. _model.Layers[index].Sources.Select(source => rows[source + 1])], frames));
        Rows outputs = Rows.Joined([.. _model.Outputs.Select(layer => rows[Place(layer) + 1])]);
        return [.. outputs.Steps.SelectMany(step => step ?? new double[_model.OutputSize])];
    }

    private int Place(ModelLayer layer)
    {
        int place = 0;
        while (!ReferenceEquals(_model.Layers[place], layer))
            place++;
        return place;
    }

    private double[]?[] Frames(ReadOnlySpan<float> input, ReadOnlySpan<bool> mask)
    {
        int size = _model.IsOneHot ? 1 : _model.InputSize, steps = input.Length / size;
        if (steps == 0 || steps * size != input.Length)
            throw new ArgumentException($"expected a whole number of frames of {size} values, got {input.Length} values", nameof(input));
        if (!mask.IsEmpty && mask.Length != steps)
            throw new ArgumentException($"expected a mask of {steps} steps, got {mask.Length}", nameof(mask));
        if (!mask.IsEmpty && !mask.Contains(true))
            throw new ArgumentException("expected at least one step that is not masked, got none", nameof(mask));
        var frames = new double[]?[steps];
        for (int step = 0; step < steps; step++)
            frames[step] = mask.IsEmpty || mask[step] ? Frame(input.Slice(step * size, size), step) : null;
        return frames;
    }

    private double[] Frame(ReadOnlySpan<float> values, int step)
    {
        if (!_model.IsOneHot)
            return Array.ConvertAll(values.ToArray(), value => (double)value);
        double[] frame = new double[_model.InputSize];
        frame[values[0] >= 0 && values[0] < frame.Length && values[0] == MathF.Floor(values[0])
            ? (int)values[0]
            : throw new ArgumentException($"step {step}: expected a class from 0 to {frame.Length - 1}, got {values[0]}")] = 1;
        return frame;
    }
}
