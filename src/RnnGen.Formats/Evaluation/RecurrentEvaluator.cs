namespace RnnGen.Formats;

/// <summary>A recurrent layer: its directions, the loop over time and masks. <see cref="CellEquations{T}"/> has the equations.</summary>
internal sealed class RecurrentEvaluator(ModelLayer layer, bool resets) : LayerEvaluator(layer)
{
    private readonly RecurrentLayerAttribute _options = (RecurrentLayerAttribute)layer.Attribute;

    public override Rows Run(IReadOnlyList<Rows> sources, double[]?[] input)
    {
        double[]?[] steps = Rows.Joined(sources).Steps;
        if (_options.Direction != Direction.Bidirectional)
            return Follow(steps, "", _options.Direction == Direction.Reverse);
        Rows forward = Follow(steps, "", reverse: false), reverse = Follow(steps, "_reverse", reverse: true);
        return new(
            [.. forward.Steps.Zip(reverse.Steps, (one, other) => one is null ? null : Merged(one, other!))],
            Merged(forward.Last, reverse.Last));
    }

    private Rows Follow(double[]?[] steps, string suffix, bool reverse)
    {
        var outputs = new double[]?[steps.Length];
        List<int> piece = []; // steps that one state goes through
        for (int i = 0; i < steps.Length; i++)
        {
            int step = reverse ? steps.Length - 1 - i : i;
            if (steps[step] is not null)
            {
                piece.Add(step);
                continue;
            }

            if (resets && i > 0)
                Flush();
        }

        // After a masked step that resets, states are zero even where their first values are learned.
        Flush();
        return reverse ? new(outputs, outputs.First(row => row is not null)!) : new(outputs);

        void Flush()
        {
            if (piece.Count == 0)
                return;
            bool isFirst = !resets || piece[0] == (reverse ? steps.Length - 1 : 0);
            double[][] rows = CellRun.Run(Layer, suffix, [.. piece.Select(step => steps[step]!)], isFirst);
            foreach ((int step, double[] row) in piece.Zip(rows))
                outputs[step] = row;
            piece.Clear();
        }
    }

    private double[] Merged(double[] forward, double[] reverse) => _options.Merge switch
    {
        Merge.Sum => [.. forward.Zip(reverse, (one, other) => one + other)],
        Merge.Average => [.. forward.Zip(reverse, (one, other) => (one + other) / 2)],
        Merge.Multiply => [.. forward.Zip(reverse, (one, other) => one * other)],
        _ => [.. forward, .. reverse],
    };
}
