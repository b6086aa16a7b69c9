namespace RnnGen.Formats.Torch;

/// <summary>
/// The order in which the modules of a state dict are computed. Each must read what the one before it gives; where the file keeps an order and that fits, it is the
/// one; else the only one that fits, numbered modules being in the order of their numbers. What fits in several ways is refused.
/// </summary>
internal sealed class ModuleChain
{
    private const int MaxModules = 64, MaxSteps = 100_000, Shown = 3;

    private readonly StateModule[] _modules;
    private readonly IReadOnlyList<ModuleReading>[] _readings;
    private readonly bool _isOrdered;
    private readonly (string First, string Last)? _ends;
    private readonly List<ModuleReading> _chain = [];
    private readonly List<ModuleReading[]> _found = [];
    private readonly bool[] _isUsed;
    private int _steps;

    private ModuleChain(StateModule[] modules, bool isOrdered, (string First, string Last)? ends)
    {
        (_modules, _isOrdered, _ends) = (modules, isOrdered, ends);
        _readings = [.. modules.Select(ModuleReading.Of)];
        _isUsed = new bool[modules.Length];
    }

    /// <summary>The modules in their order, each as what it is.</summary>
    /// <param name="modules">In the order of the file.</param>
    /// <param name="isInOrder">Whether the file keeps the order of the model.</param>
    /// <param name="ends">The first and the last one, where someone says it: of a file that keeps the order, modules outside of them are left out.</param>
    /// <exception cref="FormatException">They fit in no way, or in several.</exception>
    public static IReadOnlyList<ModuleReading> Find(IReadOnlyList<StateModule> modules, bool isInOrder, (string First, string Last)? ends)
    {
        StateModule[] part = ends is { } names ? Part(modules, isInOrder, names) : [.. modules];
        if (part.Length > MaxModules)
            throw new FormatException($"expected at most {MaxModules} modules, got {part.Length}");
        if (isInOrder)
        {
            var inOrder = new ModuleChain(part, isOrdered: true, ends);
            inOrder.Search();
            if (inOrder._found.Count > 0)
                return inOrder.Only();
        }

        var any = new ModuleChain(part, isOrdered: false, ends);
        any.Search();
        return any.Only();
    }

    private static StateModule[] Part(IReadOnlyList<StateModule> modules, bool isInOrder, (string First, string Last) ends)
    {
        int first = Place(ends.First), last = Place(ends.Last);
        return !isInOrder
            ? [.. modules]
            : first <= last ? [.. modules.Skip(first).Take(last - first + 1)] : throw new FormatException($"expected {Text.Quote(ends.First)} before {Text.Quote(ends.Last)}, got them the other way round");

        int Place(string name)
        {
            int place = 0;
            while (place < modules.Count && modules[place].Path != name)
                place++;
            return place < modules.Count ? place : throw new FormatException($"expected a module {Text.Quote(name)}, got {List(modules)}");
        }
    }

    private IReadOnlyList<ModuleReading> Only()
    {
        if (_steps > MaxSteps)
            throw new FormatException($"expected modules whose sizes determine their order, got {List(_modules)}, of which too many are alike");
        if (_found.Count == 0)
            throw new FormatException($"expected modules that read what the one before gives, got {List(_modules)}, which fit in no order");
        return _found.Count == 1
            ? _found[0]
            : throw new FormatException(
                "expected one order in which the modules fit, got several: " +
                string.Join("; or ", _found.Select(chain => string.Join(" → ", chain.Select(reading => $"{reading.Module.Title} as {reading.Kind}")))) +
                ". Name the first and the last one (--subgraph FIRST..LAST)");
    }

    /// <summary>Tries all chains, up to the number that a message shows.</summary>
    private void Search()
    {
        if (_chain.Count == _modules.Length && _chain.Count > 0)
            _found.Add([.. _chain]);
        for (int index = 0; index < _modules.Length && _found.Count < Shown && ++_steps <= MaxSteps; index++)
        {
            if (_isUsed[index] || !MayFollow(index))
                continue;
            _isUsed[index] = true;
            foreach (ModuleReading reading in _readings[index])
            {
                if (_chain.Count == 0 ? reading.Inputs < 1 : reading.ReadsClasses || reading.Inputs != _chain[^1].Outputs)
                    continue;
                _chain.Add(reading);
                Search();
                _chain.RemoveAt(_chain.Count - 1);
            }

            _isUsed[index] = false;
        }
    }

    private bool MayFollow(int index)
    {
        if (_isOrdered)
            return index == _chain.Count;
        if (_ends is { } ends && ((_modules[index].Path == ends.First && _chain.Count > 0) || (_modules[index].Path != ends.First && _chain.Count == 0)
            || (_modules[index].Path == ends.Last) != (_chain.Count == _modules.Length - 1)))
            return false;
        for (int other = 0; other < _modules.Length; other++)
            if (!_isUsed[other] && other != index && _modules[other].IsBefore(_modules[index]))
                return false;
        return true;
    }

    private static string List(IEnumerable<StateModule> modules) => Text.Shorten(string.Join(", ", modules.Take(12).Select(module => module.ToString())), 600);
}
