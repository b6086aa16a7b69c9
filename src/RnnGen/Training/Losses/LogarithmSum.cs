namespace RnnGen.Training;

/// <summary>
/// Adds up logarithms at the price of a multiplication each: it multiplies the numbers, and takes a logarithm only before the product could underflow.
/// </summary>
internal struct LogarithmSum()
{
    private double _product = 1;
    private double _sum;

    /// <summary>The sum of the logarithms so far.</summary>
    internal readonly double Total => _sum + Math.Log(_product);

    /// <summary>Adds the logarithm of a number from 1e-50 to 1, times a weight.</summary>
    internal void Add(double number, float weight = 1)
    {
        if (weight != 1)
        {
            _sum += weight * Math.Log(number);
            return;
        }

        _product *= number;
        if (_product < 1e-250)
        {
            _sum += Math.Log(_product);
            _product = 1;
        }
    }
}
