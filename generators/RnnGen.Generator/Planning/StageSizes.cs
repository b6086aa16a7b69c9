using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>How a stage's units, weights and pre-activations are cut, by the constants that generated code has for that.</summary>
/// <param name="Units">Units.</param>
/// <param name="PaddedUnits">Units, padding included.</param>
/// <param name="Blocks">Blocks of units.</param>
/// <param name="BlockUnits">Units per block.</param>
/// <param name="BlockStride">Floats of weights per block.</param>
/// <param name="ColumnsStart">Where in a block of weights the first column begins, after the biases.</param>
/// <param name="PanelWidth">Floats of a row's pre-activations a block: those of all accumulators side by side.</param>
/// <param name="LastPanel">Where the last block's pre-activations begin in a row.</param>
/// <param name="RowStride">Floats from a row of pre-activations, or of their gradients, to the next.</param>
internal sealed record StageSizes(
    Size Units, Size PaddedUnits, Size Blocks, Size BlockUnits, Size BlockStride, Size ColumnsStart, Size PanelWidth, Size LastPanel, Size RowStride)
{
    /// <summary>Floats of a row's pre-activations, without what may be after the last block.</summary>
    public Size AllPanels => Blocks == 1 ? PanelWidth : Blocks.Times(PanelWidth);

    /// <summary>Floats of some accumulators of a block side by side.</summary>
    public Size Width(int accumulators) => accumulators * BlockUnits == PanelWidth ? PanelWidth : BlockUnits.Times(accumulators);
}
