/** What the scripts of the page know without importing it: uPlot, which is a script before them, and the types of their data. */
declare const uPlot: typeof import('uplot')
type Plot = import('uplot')
type PlotSeries = import('uplot').Series
type PlotAxis = import('uplot').Axis
type PlotData = import('uplot').AlignedData
type Drawing = import('../charts/chart.ts').Drawing
type Chart = import('../charts/chart.ts').Chart
type TimeChart = import('../charts/chart.ts').TimeChart
type HeatChart = import('../charts/chart.ts').HeatChart
type SpectrumChart = import('../charts/chart.ts').SpectrumChart
type Mark = import('../charts/chart.ts').Mark
